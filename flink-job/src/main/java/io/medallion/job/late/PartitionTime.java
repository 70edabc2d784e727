package io.medallion.job.late;

import io.medallion.job.config.LatenessConfig;
import io.medallion.job.event.EventRecord;
import java.io.Serializable;

/**
 * How far a partition is in event time, from nothing but what it holds.
 *
 * <p>A partition's time is the greatest of
 *
 * <ul>
 *   <li>the event times of its valid events, each at most the event's arrival: a clock that is
 *       ahead closes nobody's windows;
 *   <li>the arrival of its newest record, whatever it holds, less the late arrival: a clock that is
 *       behind holds windows open that long and no longer;
 *   <li>once the records of an idle timeout, by their arrival, held no valid event: the arrival of
 *       the newest one less the idle timeout. Bodies that can't be read hold no window open.
 * </ul>
 *
 * <p>Where senders set the timestamps, only the first one holds: one record with a wrong timestamp
 * would raise the others past all that waits to be read behind it.
 *
 * <p>It never goes back. Times in milliseconds since 1970.
 */
public final class PartitionTime {

  /** Of a partition of which nothing is known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /**
   * The limits of a partition's time, milliseconds.
   *
   * @param lateArrival the greatest long if there is none
   */
  public record Limits(long lateArrival, long idleTimeout) implements Serializable {

    public static Limits of(LatenessConfig config) {
      return new Limits(
          config.lateArrival().map(duration -> duration.toMillis()).orElse(Long.MAX_VALUE),
          config.idleTimeout().toMillis());
    }
  }

  private final Limits limits;
  private long time = UNKNOWN;
  private long lastArrival = UNKNOWN;
  private long lastValidArrival = UNKNOWN;

  public PartitionTime(Limits limits) {
    this.limits = limits;
  }

  /** Goes on where another one was; its time is not taken over. */
  PartitionTime(Limits limits, long lastArrival, long lastValidArrival) {
    this(limits);
    this.lastArrival = lastArrival;
    this.lastValidArrival = lastValidArrival;
  }

  /** Takes the partition's next record. */
  public void take(EventRecord record) {
    if (record.timeIsSenders) {
      if (record.isValid()) {
        raise(Math.min(record.eventTime, record.arrivalTime));
      }
    } else if (record.isValid()) {
      valid(record.eventTime, record.arrivalTime);
    } else {
      rejected(record.arrivalTime);
    }
  }

  /** Takes the next valid event. */
  void valid(long eventTime, long arrival) {
    if (arrival > lastValidArrival) {
      lastValidArrival = arrival;
    }
    arrived(arrival);
    raise(Math.min(eventTime, arrival));
  }

  /** Takes the next record, which is no valid event. */
  void rejected(long arrival) {
    if (lastValidArrival == UNKNOWN) {
      // As if one had come just before: what was there before this job is not known.
      lastValidArrival = arrival;
    }
    arrived(arrival);
    if (lastArrival - lastValidArrival > limits.idleTimeout) {
      raise(lastArrival - limits.idleTimeout);
    }
  }

  private void arrived(long arrival) {
    if (arrival > lastArrival) {
      lastArrival = arrival;
      if (limits.lateArrival != Long.MAX_VALUE) {
        raise(arrival - limits.lateArrival);
      }
    }
  }

  private void raise(long candidate) {
    if (candidate > time) {
      time = candidate;
    }
  }

  /** The partition's time; {@link #UNKNOWN} before its first record. */
  public long time() {
    return time;
  }

  long lastArrival() {
    return lastArrival;
  }

  long lastValidArrival() {
    return lastValidArrival;
  }
}
