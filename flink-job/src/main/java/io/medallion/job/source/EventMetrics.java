package io.medallion.job.source;

import io.medallion.contract.Contract;
import io.medallion.contract.Severity;
import io.medallion.job.config.AlarmConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what a subtask read, in the group {@code medallion}: {@code events}, {@code validEvents}
 * (what silver gets, and duplicates), of those the {@code flaggedEvents} and, by {@code reason},
 * {@code quarantinedEvents}. Gauges: {@code rejectShare}, 0 to 1, of the alarm's last window, and
 * {@code rejectAlarm}, 1 while it is raised and else 0.
 *
 * <p>Of fields: {@code eventsWithUnknownFields}, {@code unknownFields} (how many names there are of
 * them), and what {@link FieldShares} says.
 */
final class EventMetrics {

  private final Counter events;
  private final Counter validEvents;
  private final Counter flaggedEvents;

  /** By the codes that quarantine has. */
  private final Map<String, Counter> quarantined = new HashMap<>();

  private final RejectAlarm alarm;
  private final Counter withUnknownFields;
  private final FieldNames unknownFields = new FieldNames();
  private final FieldShares shares;

  /**
   * @param subtask whose events these are, for the log
   */
  EventMetrics(MetricGroup group, Contract contract, AlarmConfig config, String subtask) {
    alarm = new RejectAlarm(config, subtask);
    MetricGroup medallion = group.addGroup("medallion");
    withUnknownFields = medallion.counter("eventsWithUnknownFields");
    medallion.gauge("unknownFields", unknownFields::count);
    shares = new FieldShares(contract, config, subtask, unknownFields, medallion);
    events = medallion.counter("events");
    validEvents = medallion.counter("validEvents");
    flaggedEvents = medallion.counter("flaggedEvents");
    medallion.gauge("rejectAlarm", () -> alarm.isRaised() ? 1 : 0);
    medallion.gauge("rejectShare", alarm::share);
    Arrays.stream(RejectReason.values())
        .filter(reason -> reason != RejectReason.BROKEN_RULE)
        .forEach(reason -> addReason(medallion, reason.name()));
    contract.rules().stream()
        .filter(rule -> rule.severity() == Severity.REJECT)
        .forEach(rule -> addReason(medallion, rule.code()));
  }

  private void addReason(MetricGroup medallion, String code) {
    quarantined.put(code, medallion.addGroup("reason", code).counter("quarantinedEvents"));
  }

  /**
   * Counts a decoded record.
   *
   * @throws TooManyRejectsException if the alarm is raised and that is to fail the job
   */
  void count(EventRecord record) {
    boolean valid = record.isValid();
    events.inc();
    if (record.unknownFields.length > 0) {
      withUnknownFields.inc();
      unknownFields.add(record);
    }
    if (valid) {
      shares.count(record);
      validEvents.inc();
      if (record.isFlagged()) {
        flaggedEvents.inc();
      }
    } else {
      quarantined.get(record.reasonCode()).inc();
    }
    alarm.count(!valid, record.processedTime);
  }
}
