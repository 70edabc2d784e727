package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medallion.eventhubs.EventHubLookup.Range;
import io.medallion.job.config.ExpiredOffsets;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.config.StartingOffsets;
import io.medallion.job.hub.HubConflictException;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PositionCheckTest {

  private static final TopicPartition PARTITION = new TopicPartition("weather", 3);

  @Test
  void aPositionThatTheEventHubHasStays() {
    EventHubSplit split = split(5, 5);

    assertThat(check(ExpiredOffsets.FAIL, split, new Range(5, 9))).isSameAs(split);
    assertThat(check(ExpiredOffsets.FAIL, split, new Range(0, 5))).isSameAs(split);
  }

  @Test
  void aPositionBeyondTheEndIsAnotherHubs() {
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> check(ExpiredOffsets.SKIP, split(5, 5), new Range(0, 4)))
        .withMessageContaining("partition 3 ends before offset 4, but offset 5 is next");
  }

  @Test
  void soIsOneOfAPartitionThatThereIsNot() {
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> check(ExpiredOffsets.SKIP, split(5, 5), null))
        .withMessageContaining("it has no partition 3, of which offset 5 is next");
  }

  @Test
  void whatExpiredUnreadEndsTheJob() {
    assertThatExceptionOfType(HubConflictException.class)
        .isThrownBy(() -> check(ExpiredOffsets.FAIL, split(5, 5), new Range(8, 9)))
        .withMessageContainingAll(
            "Partition 3 of 'weather': offsets 5 to 7 expired before they were read",
            "source.expired.offsets = skip");
  }

  @Test
  void whatTheConsumerFoundNoRecordInIsNotLost() {
    EventHubSplit split = split(5, 8);

    assertThat(check(ExpiredOffsets.FAIL, split, new Range(8, 8))).isSameAs(split);
  }

  @Test
  void orIsSkippedAndNotForgotten() {
    EventHubSplit skipped = check(ExpiredOffsets.SKIP, split(5, 5), new Range(8, 9));

    assertThat(skipped.getStartingOffset()).isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
    assertThat(skipped.expectedOffset()).isEqualTo(5);
    assertThat(skipped.expiredBefore()).isEqualTo(8);
  }

  private static EventHubSplit split(long expected, long position) {
    return new EventHubSplit(
        PARTITION,
        position,
        KafkaPartitionSplit.NO_STOPPING_OFFSET,
        expected,
        EventHubSplit.NONE,
        7);
  }

  private static EventHubSplit check(ExpiredOffsets expired, EventHubSplit split, Range range) {
    SourceConfig config =
        new SourceConfig(
            "weather", Map.of(), Map.of(), "g", StartingOffsets.EARLIEST, expired, false, 1);
    return new PositionCheck(config).checked(split, range);
  }
}
