package io.medallion.job.rules;

import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.io.Serializable;
import java.time.Duration;

/**
 * The rule on event times: how far from an event's arrival at the broker its time may be.
 *
 * <p>Without an upper limit one sender's clock could close everybody's windows. Without a lower one
 * it could open a date partition, and with it a file, for each day since 1970 in every commit.
 *
 * @param futureTolerance how far an event time may be ahead of the arrival; beyond it the event is
 *     rejected
 * @param pastTolerance how far it may be before the arrival
 * @param pastSeverity what becomes of an event beyond {@code pastTolerance}; one beyond {@link
 *     #OUTER_PAST_TOLERANCE} too is always rejected
 */
public record EventTimeRule(Duration futureTolerance, Duration pastTolerance, Severity pastSeverity)
    implements Serializable {

  public static final Duration DEFAULT_FUTURE_TOLERANCE = Duration.ofMinutes(5);

  /** The longest that any tier of Event Hubs keeps a record. */
  public static final Duration DEFAULT_PAST_TOLERANCE = Duration.ofDays(90);

  /** What bounds the number of date partitions where the rule only warns. */
  public static final Duration OUTER_PAST_TOLERANCE = Duration.ofDays(3650);

  private static final long SECOND = 1000;

  static EventTimeRule standard() {
    return new EventTimeRule(DEFAULT_FUTURE_TOLERANCE, DEFAULT_PAST_TOLERANCE, Severity.REJECT);
  }

  /**
   * When the broker took a record, milliseconds since 1970.
   *
   * <p>Its timestamp, if the broker set it. One that the sender set proves nothing: it counts as
   * far as the job's clock agrees, that is, up to the processed time and not more than the past
   * tolerance before it. So a sender opens no more date partitions by it than by its event times.
   */
  public long arrival(long enqueuedTime, boolean timeIsSenders, long processedTime) {
    if (!timeIsSenders) {
      return enqueuedTime;
    }
    long earliest = processedTime - pastTolerance.toMillis();
    return Math.min(processedTime, Math.max(enqueuedTime, earliest));
  }

  /** Notes on a record with an event time and an arrival if it breaks the rule. */
  public void check(EventRecord record) {
    long eventTime = record.eventTime;
    long arrival = record.arrivalTime;
    if (eventTime - futureTolerance.toMillis() > arrival) {
      record.reject(
          RejectReason.FUTURE_EVENT_TIME,
          "%d ms ahead of its arrival, at most %d are tolerated%s"
              .formatted(
                  eventTime - arrival,
                  futureTolerance.toMillis(),
                  unit(eventTime / SECOND, arrival, "microseconds")
                      + unit(eventTime / (SECOND * SECOND), arrival, "nanoseconds")));
    } else if (eventTime < arrival - pastTolerance.toMillis()) {
      tooOld(record);
    }
  }

  private void tooOld(EventRecord record) {
    Duration outer =
        pastTolerance.compareTo(OUTER_PAST_TOLERANCE) > 0 ? pastTolerance : OUTER_PAST_TOLERANCE;
    Duration allowed = pastSeverity == Severity.WARN ? outer : pastTolerance;
    long age = record.arrivalTime - record.eventTime;
    if (age <= allowed.toMillis()) {
      record.warn(QualityFlags.PAST_EVENT_TIME_BIT);
    } else {
      record.reject(
          RejectReason.PAST_EVENT_TIME,
          "%d ms before its arrival, at most %d are tolerated%s"
              .formatted(
                  age,
                  allowed.toMillis(),
                  unit(record.eventTime * SECOND, record.arrivalTime, "seconds")));
    }
  }

  /** A hint at the unit in which the time would be near the arrival. */
  private String unit(long eventTime, long arrival, String name) {
    boolean near = Math.abs(eventTime - arrival) < Duration.ofDays(1).toMillis();
    return near ? "; epoch " + name + "? Milliseconds are meant" : "";
  }

  /** What is not as it comes, for the log; empty if nothing is. */
  String overrides() {
    EventTimeRule standard = standard();
    StringBuilder overrides = new StringBuilder();
    if (!futureTolerance.equals(standard.futureTolerance)) {
      overrides.append("future: REJECT beyond ").append(futureTolerance.toMillis()).append(" ms");
    }
    if (!pastTolerance.equals(standard.pastTolerance) || pastSeverity != standard.pastSeverity) {
      overrides
          .append(overrides.isEmpty() ? "" : "; ")
          .append("past: ")
          .append(pastSeverity)
          .append(" beyond ")
          .append(pastTolerance.toMillis())
          .append(" ms");
    }
    return overrides.toString();
  }
}
