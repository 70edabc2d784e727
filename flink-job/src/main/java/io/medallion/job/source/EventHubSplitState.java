package io.medallion.job.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;

/** An {@link EventHubSplit} while it is read. */
final class EventHubSplitState extends KafkaPartitionSplitState {

  private final long expiredBefore;
  private final int keyGroup;
  private long expectedOffset;

  EventHubSplitState(EventHubSplit split) {
    super(split);
    expectedOffset = split.expectedOffset();
    expiredBefore = split.expiredBefore();
    keyGroup = split.keyGroup();
  }

  long expectedOffset() {
    return expectedOffset;
  }

  long expiredBefore() {
    return expiredBefore;
  }

  int keyGroup() {
    return keyGroup;
  }

  /** Notes that a record has been handed on. */
  void read(long offset) {
    setCurrentOffset(offset + 1);
    expectedOffset = offset + 1;
  }

  /** Notes where the consumer goes on: it found no record between the last one and there. */
  void passed(long position) {
    setCurrentOffset(Math.max(getCurrentOffset(), position));
    if (expectedOffset == EventHubSplit.NONE) {
      expectedOffset = position;
    }
  }

  @Override
  public EventHubSplit toKafkaPartitionSplit() {
    return new EventHubSplit(
        getTopicPartition(),
        getCurrentOffset(),
        EventHubSplit.stoppingOffset(this),
        expectedOffset,
        expiredBefore,
        keyGroup);
  }
}
