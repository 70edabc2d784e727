package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.dedup.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyIndexTest {

  private final CopyIndex index = new CopyIndex();
  private final Fingerprint fingerprint = new Fingerprint();

  @Test
  void aCopyHasAnOriginalAtAnEarlierOffset() {
    addCopy("a", "1", 10);
    addCopy("a", "2", 20);
    addCopy("a", "3", 30);
    addCopy("b", "1", 40);
    addCopy("a", "1", 50);

    addOriginal("a", "2", 21);
    addOriginal("a", "3", 99);
    addOriginal("a", "3", 29);
    addOriginal("a", "1", 30);
    addOriginal("c", "1", 1);

    assertThat(copies()).containsExactly(30L, 50L);
  }

  @Test
  void manyAreToldApart() {
    for (int i = 0; i < 10_000; i++) {
      addCopy("a", Integer.toString(i), 100_000 + i);
    }
    for (int i = 0; i < 10_000; i += 2) {
      addOriginal("a", Integer.toString(i), i);
    }

    assertThat(copies()).hasSize(5_000).allMatch(offset -> offset % 2 == 0);
  }

  @Test
  void anEventTakesAtMost144Bytes() {
    long empty = index.bytes();
    for (int i = 1; i <= 100_000; i++) {
      addCopy("a", Integer.toString(i), i);
      assertThat(index.bytes()).isLessThanOrEqualTo(empty + 144L * i);
    }
  }

  private List<Long> copies() {
    List<Long> copies = new ArrayList<>();
    index.forEachCopy(copies::add);
    return copies;
  }

  private void addCopy(String station, String id, long offset) {
    fingerprint.set(station.getBytes(UTF_8), id.getBytes(UTF_8), 0);
    index.addCopy(fingerprint.high(), fingerprint.low(), offset);
  }

  private void addOriginal(String station, String id, long offset) {
    fingerprint.set(station.getBytes(UTF_8), id.getBytes(UTF_8), 0);
    index.addOriginal(fingerprint.high(), fingerprint.low(), offset);
  }
}
