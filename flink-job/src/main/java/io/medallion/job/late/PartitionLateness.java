package io.medallion.job.late;

import io.medallion.job.event.EventRecord;

/** What the lateness gate knows of one partition. Times in milliseconds. */
final class PartitionLateness {

  private final long outOfOrderness;
  private final PartitionTime time;
  private long horizon = Long.MIN_VALUE;

  /** As it was before the record that is being read. */
  private long horizonBefore = Long.MIN_VALUE;

  private boolean read;

  PartitionLateness(long outOfOrderness, PartitionTime time) {
    this.outOfOrderness = outOfOrderness;
    this.time = time;
  }

  /** Takes over what an earlier run had closed. */
  void restore(long earlierHorizon) {
    horizon = earlierHorizon;
    horizonBefore = earlierHorizon;
  }

  /** Begins with the next record. */
  void nextRecord() {
    horizonBefore = horizon;
  }

  /** Windows of the partition that end here or before are closed; the least number for none. */
  long horizon() {
    return horizon;
  }

  /**
   * The same for events of the record that is being read: none of them closes windows of others.
   */
  long horizonOfRecord() {
    return horizonBefore;
  }

  /** Whether this subtask has read a record of the partition. */
  boolean isRead() {
    return read;
  }

  void take(EventRecord record) {
    time.take(record);
    read = true;
    long now = time.time();
    if (now != PartitionTime.UNKNOWN && now - outOfOrderness > horizon) {
      horizon = now - outOfOrderness;
    }
  }

  long lastArrival() {
    return time.lastArrival();
  }

  long lastValidArrival() {
    return time.lastValidArrival();
  }
}
