package io.medallion.job.dedup;

import io.medallion.job.event.EventRecord;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The key that a partition's state has: the partition in the upper half, and in the lower one the
 * first number with which the key is in the wanted key group. So the state is where the partition
 * is read, at any parallelism.
 */
public record PartitionKey(int maxParallelism) implements KeySelector<EventRecord, Long> {

  private static final long serialVersionUID = 1L;

  @Override
  public Long getKey(EventRecord event) {
    return of(event.partition, event.keyGroup);
  }

  /**
   * Searches the key; to be done once for a partition.
   *
   * @param keyGroup less than the maximum parallelism
   */
  long of(int partition, int keyGroup) {
    long key = (long) partition << Integer.SIZE;
    while (KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism) != keyGroup) {
      key++;
    }
    return key;
  }

  static int partitionOf(long key) {
    return (int) (key >>> Integer.SIZE);
  }
}
