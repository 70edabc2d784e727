package io.medallion.job.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition, how far it was read, and the key group in which chained operators have its state.
 * Reading goes on at the starting offset. Where the offset that was expected is an earlier one,
 * those between have no record; as no record came after them yet, nothing says so in the lake.
 */
final class EventHubSplit extends KafkaPartitionSplit {

  /** No record was read, nor is it known where reading began. */
  static final long NONE = -1;

  /** The enumerator has not given it one. */
  static final int NO_KEY_GROUP = -1;

  private final long expectedOffset;
  private final long expiredBefore;
  private final int keyGroup;

  /**
   * @param expectedOffset see {@link #expectedOffset()}
   * @param expiredBefore see {@link #expiredBefore()}
   * @param keyGroup see {@link #keyGroup()}
   */
  EventHubSplit(
      TopicPartition partition,
      long startingOffset,
      long stoppingOffset,
      long expectedOffset,
      long expiredBefore,
      int keyGroup) {
    super(partition, startingOffset, stoppingOffset);
    this.expectedOffset = expectedOffset;
    this.expiredBefore = expiredBefore;
    this.keyGroup = keyGroup;
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
            NONE,
            NO_KEY_GROUP);
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
        getTopicPartition(),
        EARLIEST_OFFSET,
        stoppingOffset(this),
        expectedOffset,
        begin,
        keyGroup);
  }

  /** The same, in a key group. */
  EventHubSplit in(int newKeyGroup) {
    return new EventHubSplit(
        getTopicPartition(),
        getStartingOffset(),
        stoppingOffset(this),
        expectedOffset,
        expiredBefore,
        newKeyGroup);
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

  /** The key group; {@link #NO_KEY_GROUP} until the enumerator has given it one. */
  int keyGroup() {
    return keyGroup;
  }
}
