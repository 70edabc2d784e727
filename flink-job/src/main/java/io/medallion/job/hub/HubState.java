package io.medallion.job.hub;

import io.medallion.eventhubs.EventHubLookup.Identity;
import java.util.Arrays;

/**
 * What one subtask of the {@link HubGuard} saves: which Event Hub was read, and a mark in each
 * partition, a record that is known to be of that hub. A Flink POJO, so that fields may be added.
 */
public final class HubState {

  static final long NONE = -1;

  /** Kafka's name of the Event Hub. */
  public String topic;

  /** Which of the lake's Event Hubs it is, from 1. */
  public int generation;

  /** See {@code EventHubLookup.Identity}; null if the broker did not tell. */
  public String clusterId;

  public String topicId;

  /** Per partition: the offset of the mark; {@link #NONE} if there is none. */
  public long[] offsets = new long[0];

  /** Per partition: the timestamp of the mark, milliseconds since 1970. */
  public long[] timestamps = new long[0];

  /** For the serializer. */
  public HubState() {}

  HubState(String topic, int generation) {
    this.topic = topic;
    this.generation = generation;
  }

  int partitions() {
    return offsets.length;
  }

  boolean isMarked(int partition) {
    return partition < offsets.length && offsets[partition] != NONE;
  }

  /** Sets the mark of a partition. */
  void mark(int partition, long offset, long timestamp) {
    if (partition >= offsets.length) {
      int known = offsets.length;
      offsets = Arrays.copyOf(offsets, partition + 1);
      timestamps = Arrays.copyOf(timestamps, partition + 1);
      Arrays.fill(offsets, known, partition + 1, NONE);
    }
    offsets[partition] = offset;
    timestamps[partition] = timestamp;
  }

  /** Notes what the broker tells of the Event Hub; what it does not tell stays. */
  void note(Identity identity) {
    clusterId = identity.clusterId() == null ? clusterId : identity.clusterId();
    topicId = identity.topicId() == null ? topicId : identity.topicId();
  }

  /** Takes over from another state of the Event Hub what is newer there. */
  void add(HubState other) {
    note(new Identity(other.clusterId, other.topicId));
    for (int partition = 0; partition < other.offsets.length; partition++) {
      if (other.isMarked(partition)
          && (!isMarked(partition) || offsets[partition] < other.offsets[partition])) {
        mark(partition, other.offsets[partition], other.timestamps[partition]);
      }
    }
  }
}
