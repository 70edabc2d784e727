package io.medallion.job.hub;

import java.util.Arrays;

/**
 * What one subtask of the {@link HubGuard} saves: which Event Hub was read, and the last record of
 * each partition. A Flink POJO, so that fields may be added.
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

  /**
   * Per partition: the offset of the last record that was read; {@link #NONE} if that is unknown.
   */
  public long[] offsets = new long[0];

  /** Per partition: the timestamp of that record, milliseconds since 1970. */
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

  boolean isRead(int partition) {
    return partition < offsets.length && offsets[partition] != NONE;
  }

  /** Notes the last record of a partition. */
  void read(int partition, long offset, long timestamp) {
    if (partition >= offsets.length) {
      int known = offsets.length;
      offsets = Arrays.copyOf(offsets, partition + 1);
      timestamps = Arrays.copyOf(timestamps, partition + 1);
      Arrays.fill(offsets, known, partition + 1, NONE);
    }
    offsets[partition] = offset;
    timestamps[partition] = timestamp;
  }

  /** Takes over from another subtask's state what is newer there. */
  void add(HubState other) {
    if (other.clusterId != null) {
      clusterId = other.clusterId;
    }
    if (other.topicId != null) {
      topicId = other.topicId;
    }
    for (int partition = 0; partition < other.offsets.length; partition++) {
      if (other.isRead(partition)
          && (!isRead(partition) || offsets[partition] < other.offsets[partition])) {
        read(partition, other.offsets[partition], other.timestamps[partition]);
      }
    }
  }
}
