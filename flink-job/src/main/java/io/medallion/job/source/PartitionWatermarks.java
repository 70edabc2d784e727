package io.medallion.job.source;

import io.medallion.job.event.WeatherRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The watermark of one partition: the greatest event time of its valid events, less the
 * out-of-orderness and a millisecond. Rejected events, such as one from the future, don't move it.
 *
 * <p>A partition that fell silent must not hold windows back. But it is never marked idle, which
 * would let windows close that its next event belongs to, downstream of the place that could still
 * tell. Instead, after {@code idleTimeout} without an event its watermark follows the wall clock,
 * that far behind it.
 *
 * <p>Silence is what the source waited for, not what it failed to read: time in which it was
 * blocked, in which its thread stood still, or in which it delivered a backlog does not count (see
 * {@link SourceActivity}). What cannot be told from silence is a broker that stays unreachable for
 * longer than timeout and out-of-orderness together; events it then delivers may be late.
 */
final class PartitionWatermarks implements WatermarkGenerator<WeatherRecord> {

  /** A thread that works comes by every watermark interval; more than this was a standstill. */
  private static final long LONGEST_TICK_NANOS = Duration.ofSeconds(1).toNanos();

  private final long outOfOrderness;
  private final long idleMillis;
  private final RelativeClock inputActivity;
  private final Clock wallClock;
  private final SourceActivity subtask;

  private long maxEventTime = Long.MIN_VALUE;
  private long lastEnqueuedTime;
  private boolean sawEvent;
  private long lastTick;
  private long silenceNanos;
  private long lastWatermark = Long.MIN_VALUE;

  PartitionWatermarks(
      Duration outOfOrderness,
      Duration idleTimeout,
      RelativeClock inputActivity,
      Clock wallClock,
      SourceActivity subtask) {
    this.outOfOrderness = outOfOrderness.toMillis();
    this.idleMillis = idleTimeout.toMillis();
    this.inputActivity = inputActivity;
    this.wallClock = wallClock;
    this.subtask = subtask;
    this.lastTick = inputActivity.relativeTimeNanos();
  }

  @Override
  public void onEvent(WeatherRecord event, long timestamp, WatermarkOutput output) {
    sawEvent = true;
    lastEnqueuedTime = event.enqueuedTime;
    if (event.isValid() && event.eventTime > maxEventTime) {
      maxEventTime = event.eventTime;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long now = inputActivity.relativeTimeNanos();
    long tick = Math.min(now - lastTick, LONGEST_TICK_NANOS);
    lastTick = now;
    if (sawEvent) {
      subtask.delivered(lastEnqueuedTime);
      sawEvent = false;
      silenceNanos = 0;
    } else if (subtask.readsBacklog()) {
      silenceNanos = 0;
    } else {
      silenceNanos += tick;
    }
    long watermark = maxEventTime == Long.MIN_VALUE ? maxEventTime : behind(maxEventTime);
    if (tick > 0 && silenceNanos > subtask.silenceNeeded() * 1_000_000) {
      watermark = Math.max(watermark, behind(wallClock.absoluteTimeMillis() - idleMillis));
    }
    if (watermark > lastWatermark) {
      lastWatermark = watermark;
      output.emitWatermark(new Watermark(watermark));
    }
  }

  private long behind(long eventTime) {
    return eventTime - outOfOrderness - 1;
  }
}
