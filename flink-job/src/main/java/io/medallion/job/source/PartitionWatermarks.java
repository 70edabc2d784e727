package io.medallion.job.source;

import io.medallion.job.event.EventRecord;
import io.medallion.job.late.PartitionTime;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one partition: its {@link PartitionTime} less the out-of-orderness and a
 * millisecond.
 *
 * <p>A partition that fell silent must not hold windows back. But it is never marked idle, which
 * would let windows close that its next event belongs to, downstream of the place that could still
 * tell. Instead, once it has been read to its end for an idle timeout without a record, its
 * watermark follows the time at which the end was reached before it was last reached, that far
 * behind it. A backlog, whether of this partition or of another one, is no silence: its end is not
 * reached. Neither is a broker that does not answer: nothing is polled then. Of a time in which
 * this thread, or the whole machine, stood still, no more than half an idle timeout counts; and
 * what was sent meanwhile is read before the end is reached a second time.
 *
 * <p>Where senders set the timestamps, the arrival of records is not known from the partition.
 * There the time at which its end was reached takes the place of the arrival, so that a clock that
 * is years behind holds windows open no longer than the late arrival, and bodies that can't be read
 * no longer than the idle timeout.
 */
final class PartitionWatermarks implements WatermarkGenerator<EventRecord> {

  private static final int UNKNOWN_PARTITION = -1;

  private final PartitionTime time;
  private final PartitionTime.Limits limits;
  private final long outOfOrderness;
  private final ConsumerLag lag;

  private int partition = UNKNOWN_PARTITION;
  private boolean timeIsSenders;

  /** For how long nothing came that tells the time although the end was reached. */
  private long silence;

  /** What {@link #lookedAt} was before. */
  private long lookedAtBefore = ConsumerLag.BEHIND;

  /** Up to when that was looked at: the last record read, or the time the end was last reached. */
  private long lookedAt = ConsumerLag.BEHIND;

  private volatile long lastWatermark = Long.MIN_VALUE;

  PartitionWatermarks(PartitionTime.Limits limits, long outOfOrderness, ConsumerLag lag) {
    this.time = new PartitionTime(limits);
    this.limits = limits;
    this.outOfOrderness = outOfOrderness;
    this.lag = lag;
  }

  @Override
  public void onEvent(EventRecord event, long timestamp, WatermarkOutput output) {
    if (partition == UNKNOWN_PARTITION) {
      partition = event.partition;
      lag.delivering(partition);
    }
    time.take(event);
    timeIsSenders = event.timeIsSenders;
    if (event.isValid() || !timeIsSenders || lookedAt == ConsumerLag.BEHIND) {
      silence = 0;
      lookedAtBefore = event.processedTime;
      lookedAt = event.processedTime;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long now = Math.max(time.time(), timeByTheClock());
    if (now != PartitionTime.UNKNOWN && now - outOfOrderness - 1 > lastWatermark) {
      lastWatermark = now - outOfOrderness - 1;
      output.emitWatermark(new Watermark(lastWatermark));
    }
  }

  private long timeByTheClock() {
    boolean known = partition != UNKNOWN_PARTITION;
    long endReached = known ? lag.endReached(partition) : lag.endReachedBySilentOnes();
    if (endReached == ConsumerLag.BEHIND) {
      if (!known) {
        silence = 0;
        lookedAt = ConsumerLag.BEHIND;
      }
      return PartitionTime.UNKNOWN;
    }
    if (lookedAt == ConsumerLag.BEHIND) {
      lookedAtBefore = endReached;
      lookedAt = endReached;
    } else if (endReached > lookedAt) {
      silence += Math.min(endReached - lookedAt, limits.idleTimeout() / 2);
      lookedAtBefore = lookedAt;
      lookedAt = endReached;
    }
    if (silence > limits.idleTimeout()) {
      return lookedAtBefore - limits.idleTimeout();
    }
    return timeIsSenders && limits.lateArrival() != Long.MAX_VALUE
        ? Math.min(endReached, lookedAtBefore) - limits.lateArrival()
        : PartitionTime.UNKNOWN;
  }

  /** The partition; −1 before its first record. For metrics, on any thread. */
  int partition() {
    return partition;
  }

  long lastWatermark() {
    return lastWatermark;
  }
}
