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
  void consecutiveOffsetsAreAddedAtOnce() {
    offsets.addAll(partition(0), 5, 5);
    offsets.addAll(partition(0), 65_530, 3 * 65_536 + 2);
    offsets.addAll(partition(1), 65_536, 131_071);

    assertThat(gaps(offsets)).containsExactly("0: 6-65529");
    assertThat(offsets.size()).isEqualTo(1 + 2 * 65_536 + 6 + 3 + 65_536);
    assertThat(offsets.contains(partition(0), 3 * 65_536 + 2)).isTrue();
    assertThat(offsets.contains(partition(0), 3 * 65_536 + 3)).isFalse();
    assertThat(offsets.contains(partition(1), 65_535)).isFalse();
    assertThat(offsets.contains(partition(1), 131_072)).isFalse();
  }

  @Test
  void aGapMayBeFilledByAnotherSet() {
    add(0, 3, 10);
    add(1, 0, 4);
    Offsets other = new Offsets();
    other.addAll(partition(0), 0, 5);
    other.addAll(partition(0), 8, 12);
    other.addAll(partition(2), 0, 9);

    assertThat(gaps(offsets, other)).containsExactly("0: 6-7", "1: 1-3");
    assertThat(offsets.countInGaps(other, offsets)).isEqualTo(4);
    assertThat(offsets.countInGaps(offsets, offsets)).isZero();
    assertThat(offsets.size()).as("unchanged").isEqualTo(4);
    assertThat(other.size()).as("unchanged").isEqualTo(21);
  }

  private static Partition partition(int number) {
    return new Partition("weather", number);
  }

  private void add(int partition, long... added) {
    for (long offset : added) {
      offsets.add(partition(partition), offset);
    }
  }

  private List<String> gaps(Offsets present, Offsets... more) {
    List<String> gaps = new ArrayList<>();
    offsets.forEachGap(
        (partition, first, last) -> gaps.add(partition.number() + ": " + first + "-" + last),
        present,
        more);
    return gaps;
  }
}
