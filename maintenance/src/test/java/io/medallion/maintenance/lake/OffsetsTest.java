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
      present.add(0, offset);
    }
    add(0, 3, 5);

    assertThat(gaps(present)).isEmpty();
  }

  @Test
  void anOffsetIsNewOnce() {
    assertThat(offsets.add(0, 3)).isTrue();
    assertThat(offsets.add(0, 3)).isFalse();
    assertThat(offsets.add(1, 3)).isTrue();
    assertThat(offsets.size()).isEqualTo(2);
  }

  private void add(int partition, long... added) {
    for (long offset : added) {
      offsets.add(partition, offset);
    }
  }

  private List<String> gaps(Offsets present) {
    List<String> gaps = new ArrayList<>();
    offsets.forEachGap(
        (partition, first, last) -> gaps.add(partition + ": " + first + "-" + last), present);
    return gaps;
  }
}
