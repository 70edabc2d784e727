package io.medallion.job.source;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what a subtask read, in the group {@code medallion}: {@code events} (what bronze gets),
 * {@code validEvents} (what silver gets, and duplicates), of those the {@code flaggedEvents} and,
 * by {@code reason}, {@code quarantinedEvents}. Gauges: {@code rejectShare}, 0 to 1, of the alarm's
 * last window, and {@code rejectAlarm}, 1 while it is raised and else 0.
 */
final class EventMetrics {

  private final Counter events;
  private final Counter validEvents;
  private final Counter flaggedEvents;
  private final Map<RejectReason, Counter> quarantined = new EnumMap<>(RejectReason.class);
  private final RejectAlarm alarm;

  EventMetrics(MetricGroup group, RejectAlarm alarm) {
    this.alarm = alarm;
    MetricGroup medallion = group.addGroup("medallion");
    events = medallion.counter("events");
    validEvents = medallion.counter("validEvents");
    flaggedEvents = medallion.counter("flaggedEvents");
    medallion.gauge("rejectAlarm", () -> alarm.isRaised() ? 1 : 0);
    medallion.gauge("rejectShare", alarm::share);
    for (RejectReason reason : RejectReason.values()) {
      quarantined.put(
          reason, medallion.addGroup("reason", reason.name()).counter("quarantinedEvents"));
    }
  }

  /**
   * Counts a decoded record.
   *
   * @throws TooManyRejectsException if the alarm is raised and that is to fail the job
   */
  void count(EventRecord record) {
    boolean valid = record.isValid();
    events.inc();
    if (valid) {
      validEvents.inc();
      if (record.isFlagged()) {
        flaggedEvents.inc();
      }
    } else {
      quarantined.get(record.reason).inc();
    }
    alarm.count(!valid, record.processedTime);
  }
}
