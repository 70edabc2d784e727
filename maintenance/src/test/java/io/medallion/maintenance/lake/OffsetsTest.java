package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffsetsTest {

  private final Offsets offsets = new Offsets();

  @Test
  void gapsAreLookedForFromTheFirstOffsetOnWhateverThatIs() {
    add(0, 7, 8, 9);
    add(1, 5, 6, 10, 12);

    assertThat(gaps(offsets)).containsExactly("1: 7-9", "1: 11-11");
  }

  @Test
  void aGapMayBeGreaterThanAnInt() {
    add(0, 0, 1L << 40);

    assertThat(gaps(offsets)).containsExactly("0: 1-1099511627775");
  }

  @Test
  void anOffsetThatIsPresentOutsideTheAuditedOnesIsNoGap() {
    Offsets present = new Offsets();
    for (long offset = 0; offset < 10; offset++) {
      present.add(partition(0), offset);
    }
    add(0, 3, 5);

    assertThat(gaps(present)).isEmpty();
  }

  @Test
  void anOffsetIsNewOnce() {
    assertThat(offsets.add(partition(0), 3)).isTrue();
    assertThat(offsets.add(partition(0), 3)).isFalse();
    assertThat(offsets.add(partition(1), 3)).isTrue();
    assertThat(offsets.size()).isEqualTo(2);
  }

  @Test
  void partitionsOfSeveralEventHubsAreToldApart() {
    offsets.add(new Partition("weather", 0), 1);
    offsets.add(new Partition("weather@2", 0), 7);

    assertThat(gaps(offsets)).isEmpty();
    assertThat(offsets.contains(new Partition("weather@2", 0), 1)).isFalse();
    assertThat(new Partition("weather", 3)).hasToString("partition 3");
    assertThat(new Partition("weather@2", 3)).hasToString("partition 3 of weather@2");
  }

  @Test
  void runsThatAreNotThereAreFoundAtBothEndsAndBetween() {
    offsets.addAll(partition(0), 3, 5);
    add(0, 8);

    List<String> runs = new ArrayList<>();
    offsets.forEachRunNotIn(
        partition(0), 1, 10, (partition, first, last) -> runs.add(first + "-" + last));

    assertThat(runs).containsExactly("1-2", "6-7", "9-10");
    assertThat(offsets.count(partition(0), 4, 8)).isEqualTo(3);
    assertThat(offsets.count(partition(0), 0, 100)).isEqualTo(4);
    assertThat(offsets.count(partition(1), 0, 100)).isZero();
  }

  private static Partition partition(int number) {
    return new Partition("weather", number);
  }

  private void add(int partition, long... added) {
    for (long offset : added) {
      offsets.add(partition(partition), offset);
    }
  }

  private List<String> gaps(Offsets present) {
    List<String> gaps = new ArrayList<>();
    offsets.forEachGap(
        (partition, first, last) -> gaps.add(partition.number() + ": " + first + "-" + last),
        present);
    return gaps;
  }
}
