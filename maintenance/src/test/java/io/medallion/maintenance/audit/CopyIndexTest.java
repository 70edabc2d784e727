package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.dedup.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyIndexTest {

  private final CopyIndex index = new CopyIndex();

  @Test
  void aCopyHasAnOriginalAtAnEarlierOffset() {
    index.addCopy(id("a", "1"), 10);
    index.addCopy(id("a", "2"), 20);
    index.addCopy(id("a", "3"), 30);
    index.addCopy(id("b", "1"), 40);
    index.addCopy(id("a", "1"), 50);

    index.addOriginal(id("a", "2"), 21);
    index.addOriginal(id("a", "3"), 99);
    index.addOriginal(id("a", "3"), 29);
    index.addOriginal(id("a", "1"), 30);
    index.addOriginal(id("c", "1"), 1);

    assertThat(copies()).containsExactly(30L, 50L);
  }

  @Test
  void manyAreToldApart() {
    for (int i = 0; i < 10_000; i++) {
      index.addCopy(id("a", Integer.toString(i)), 100_000 + i);
    }
    for (int i = 0; i < 10_000; i += 2) {
      index.addOriginal(id("a", Integer.toString(i)), i);
    }

    assertThat(copies()).hasSize(5_000).allMatch(offset -> offset % 2 == 0);
  }

  private List<Long> copies() {
    List<Long> copies = new ArrayList<>();
    index.forEachCopy(copies::add);
    return copies;
  }

  private static Fingerprint id(String station, String id) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.set(station.getBytes(UTF_8), id.getBytes(UTF_8));
    return fingerprint;
  }
}
