package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bronze has 100 rows of an Event Hub before the one that is read. */
class HubRowsTest {

  private long ofHub;
  private int counts;
  private final HubRows rows =
      new HubRows(
          () -> {
            counts++;
            return ofHub;
          });

  @Test
  void rowsOfAnEarlierEventHubDoNotCount() {
    assertThat(rows.areAtLeast(50, 100)).isFalse();

    ofHub = 49;
    assertThat(rows.areAtLeast(50, 149)).isFalse();
    ofHub = 50;
    assertThat(rows.areAtLeast(50, 150)).isTrue();
    assertThat(counts).isEqualTo(2);
  }

  /** As when the job goes on from a checkpoint that was not committed as a whole. */
  @Test
  void norDoThoseThatComeLater() {
    assertThat(rows.areAtLeast(50, 100)).isFalse();

    ofHub = 20;
    assertThat(rows.areAtLeast(50, 100 + 30 + 20)).isFalse();
    ofHub = 50;
    assertThat(rows.areAtLeast(50, 100 + 30 + 50)).isTrue();
  }

  @Test
  void rowsThatCameWhileTheyWereCountedAreNotMissed() {
    ofHub = 49;
    assertThat(rows.areAtLeast(50, 100)).isFalse();

    ofHub = 50;
    assertThat(rows.areAtLeast(50, 150)).isTrue();
  }
}
