package io.medallion.job.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition, and how far it was read. Reading goes on at the starting offset. Where the offset
 * that was expected is an earlier one, those between have no record; as no record came after them
 * yet, nothing says so in the lake.
 */
final class EventHubSplit extends KafkaPartitionSplit {

  /** No record was read, nor is it known where reading began. */
  static final long NONE = -1;

  private final long expectedOffset;
  private final long expiredBefore;

  /**
   * @param expectedOffset see {@link #expectedOffset()}
   * @param expiredBefore see {@link #expiredBefore()}
   */
  EventHubSplit(
      TopicPartition partition,
      long startingOffset,
      long stoppingOffset,
      long expectedOffset,
      long expiredBefore) {
    super(partition, startingOffset, stoppingOffset);
    this.expectedOffset = expectedOffset;
    this.expiredBefore = expiredBefore;
  }

  /** The connector's split, which knows only where to read on. */
  static EventHubSplit of(KafkaPartitionSplit split) {
    return split instanceof EventHubSplit known
        ? known
        : new EventHubSplit(
            split.getTopicPartition(),
            split.getStartingOffset(),
            stoppingOffset(split),
            Math.max(NONE, split.getStartingOffset()),
            NONE);
  }

  static long stoppingOffset(KafkaPartitionSplit split) {
    return split.getStoppingOffset().orElse(NO_STOPPING_OFFSET);
  }

  /**
   * To be read from the earliest record on, because those before it have expired. The consumer asks
   * where that is: it may be later by then.
   *
   * @param begin offset of the earliest record as it is known now
   */
  EventHubSplit expired(long begin) {
    return new EventHubSplit(
        getTopicPartition(), EARLIEST_OFFSET, stoppingOffset(this), expectedOffset, begin);
  }

  /**
   * The offset after the last record that was read, or at which reading began; {@link #NONE} if
   * that is not known.
   */
  long expectedOffset() {
    return expectedOffset;
  }

  /** Of the offsets from the expected one on, the records before this one expired unread. */
  long expiredBefore() {
    return expiredBefore;
  }
}
