package io.medallion.job.source;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what a subtask read, in the group {@code medallion}: {@code events} (what bronze gets),
 * {@code validEvents} (what silver gets, and duplicates) and, by {@code reason}, {@code
 * quarantinedEvents}.
 */
final class EventMetrics {

  private final Counter events;
  private final Counter validEvents;
  private final Map<RejectReason, Counter> quarantined = new EnumMap<>(RejectReason.class);

  EventMetrics(MetricGroup group) {
    MetricGroup medallion = group.addGroup("medallion");
    events = medallion.counter("events");
    validEvents = medallion.counter("validEvents");
    for (RejectReason reason : RejectReason.values()) {
      quarantined.put(
          reason, medallion.addGroup("reason", reason.name()).counter("quarantinedEvents"));
    }
  }

  void count(WeatherRecord record) {
    events.inc();
    if (record.isValid()) {
      validEvents.inc();
    } else {
      quarantined.get(record.reason).inc();
    }
  }
}
