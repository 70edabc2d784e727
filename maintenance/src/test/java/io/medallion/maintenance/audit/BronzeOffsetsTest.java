package io.medallion.maintenance.audit;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.TestRows;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BronzeOffsetsTest {

  private final Partitions partitions = new Partitions();
  private final BronzeOffsets bronze = new BronzeOffsets(TimeRange.ALL, partitions);
  private final GapRows gaps = new GapRows(partitions);

  @Test
  void aGapThatNobodyExplainsBreaksIt() {
    bronze("weather", 0, 3, 4, 7);

    CheckResult result = bronze.result(gaps, Expired.NOTHING);
    assertThat(result.holds()).isFalse();
    assertThat(result.examples()).containsExactly("partition 0 lacks offsets 5 to 6");
  }

  @Test
  void aGapThatTheJobHasNotedDoesNot() {
    bronze("weather", 0, 0, 1, 3, 8);
    gap("weather", 0, 2, 2, "NO_RECORD");
    gap("weather", 0, 4, 7, "EXPIRED");

    CheckResult result = bronze.result(gaps, Expired.NOTHING);
    assertThat(result.holds()).isTrue();
    assertThat(result.counts()).containsEntry("without record", 1L).containsEntry("expired", 4L);
  }

  @Test
  void whatANotedGapLeavesUnexplainedIsToldApart() {
    bronze("weather", 0, 0, 10);
    gap("weather", 0, 3, 4, "NO_RECORD");
    gap("weather", 1, 1, 9, "NO_RECORD");
    gap("weather@2", 0, 1, 9, "NO_RECORD");

    CheckResult result = bronze.result(gaps, Expired.NOTHING);
    assertThat(result.examples())
        .containsExactly("partition 0 lacks offsets 1 to 2", "partition 0 lacks offsets 5 to 9");
    assertThat(result.violations()).isEqualTo(7);
  }

  @Test
  void aRecordWhereThereIsSaidToBeNoneIsInvented() {
    bronze("weather", 0, 0, 1, 2);
    gap("weather", 0, 1, 1, "NO_RECORD");

    assertThat(bronze.result(gaps, Expired.NOTHING).examples())
        .containsExactly(
            "partition 0 offset 1 is in bronze, though gaps says that there is no record");
  }

  /** As where senders set the times: days of arrival are not in the order of offsets. */
  @Test
  void whatWasRemovedBecauseItWasOldIsNoGapAndWhatFollowsIs() {
    bronze("weather", 0, 3, 7, 12);
    bronze("weather", 1, 0, 2);
    Expired removed =
        Expired.NOTHING.and(
            Instant.parse("2026-01-02T00:00:00Z"), Map.of(new Partition("weather", 0), 10L));

    assertThat(bronze.result(gaps, removed).examples())
        .containsExactly("partition 0 lacks offsets 10 to 11", "partition 1 lacks offset 1");
  }

  /** As of a producer that commits a transaction every 100 ms, after a day and some hours. */
  @Test
  @Timeout(value = 2, unit = MINUTES, threadMode = SEPARATE_THREAD)
  void aPartitionMayHaveAMillionGaps() {
    for (long gap = 1; gap < 5_000_000_000L; gap += 5_000) {
      bronze("weather", 0, gap - 1, gap + 1);
      gap("weather", 0, gap, gap, "NO_RECORD");
    }

    CheckResult result = bronze.result(gaps, Expired.NOTHING);
    assertThat(result.counts()).containsEntry("without record", 1_000_000L);
    assertThat(result.violations()).as("offsets that nobody explains").isEqualTo(999_999 * 4_997L);
  }

  @Test
  void theSameOffsetOfTwoEventHubsIsNoRepetition() {
    bronze("weather", 0, 5);
    bronze("weather@2", 0, 5, 7);

    CheckResult result = bronze.result(gaps, Expired.NOTHING);
    assertThat(result.examples()).containsExactly("partition 0 of weather@2 lacks offset 6");
    assertThat(result.counts()).containsEntry("partitions", 2L);
  }

  private void bronze(String eventHub, int partition, long... offsets) {
    for (long offset : offsets) {
      TestRows.row(
          BronzeOffsets.COLUMNS,
          Map.of(
              "eventHub",
              eventHub,
              "partition",
              partition,
              "offset",
              offset,
              "enqueuedTime",
              offset),
          bronze::row);
    }
  }

  private void gap(String eventHub, int partition, long from, long to, String cause) {
    TestRows.row(
        GapRows.COLUMNS,
        Map.of(
            "eventHub", eventHub,
            "partition", partition,
            "fromOffset", from,
            "toOffset", to,
            "cause", cause),
        gaps::row);
  }
}
