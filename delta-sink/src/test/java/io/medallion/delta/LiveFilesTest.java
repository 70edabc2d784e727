package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.LiveFiles.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table of one partition; version 9 has one small file, and version 10 brings another. */
class LiveFilesTest {

  private static final List<DataFile> ADDED =
      List.of(new DataFile("part-1", Map.of(), 1, 1, 1, "{}"));

  private final LiveFiles files = new LiveFiles(1_000);

  @BeforeEach
  void list() {
    files.listing();
  }

  @Test
  void aCommitThatTheListingHasIsCountedOnceAlthoughItIsToldAfterwards() {
    files.listed(10, tally(2));
    files.committed(10, ADDED);

    assertHas(2);
  }

  @Test
  void aCommitThatTheListingHasIsCountedOnceAlthoughItIsToldMeanwhile() {
    files.committed(10, ADDED);
    files.listed(10, tally(2));

    assertHas(2);
  }

  @Test
  void aCommitThatTheListingDoesNotHaveIsCountedWheneverItIsTold() {
    files.committed(10, ADDED);
    files.listed(9, tally(1));
    files.committed(11, ADDED);

    assertHas(3);
  }

  private void assertHas(int count) {
    assertThat(files.count()).isEqualTo(count);
    assertThat(files.mostSmall()).isEqualTo(count);
  }

  private static Tally tally(int small) {
    Tally tally = new Tally();
    for (int i = 0; i < small; i++) {
      tally.add(Map.of(), true);
    }
    return tally;
  }
}
