package io.medallion.job.source;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.job.config.AlarmConfig;
import io.medallion.job.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many of the valid events that a subtask reads have each optional value: those of the
 * contract's fields, and its key, time and id. Windows of the clock are looked at, one after the
 * other; one with fewer events than the alarm's minimum says nothing.
 *
 * <p>A value that at least half of the events of a window had, and later less than a tenth of one
 * has, is missed: one line in the log when that begins and one when it ends. A sender that renames
 * a field does not go unnoticed.
 *
 * <p>Gauges by {@code field}: {@code fieldShare}, 0 to 1, of the last window (−1 before the first),
 * and {@code fieldMissed}, 1 while it is missed and else 0.
 */
final class FieldShares {

  private static final Logger LOG = LoggerFactory.getLogger(FieldShares.class);
  private static final double MOST = 0.5;
  private static final double HARDLY_ANY = 0.1;

  private static final class Watched {
    private final String name;
    private final Predicate<EventRecord> has;
    private long events;
    private boolean usual;
    private volatile double share = -1;
    private volatile boolean missed;

    private Watched(String name, Predicate<EventRecord> has) {
      this.name = name;
      this.has = has;
    }
  }

  private final AlarmConfig config;
  private final String subtask;
  private final FieldNames unknown;
  private final Watched[] fields;

  /** There is no window before the first event: every time is before this one. */
  private long windowStart = Long.MAX_VALUE;

  private long events;

  /**
   * @param subtask whose events these are, for the log
   * @param unknown what the missed ones may be called now
   */
  FieldShares(
      Contract contract,
      AlarmConfig config,
      String subtask,
      FieldNames unknown,
      MetricGroup metrics) {
    this.config = config;
    this.subtask = subtask;
    this.unknown = unknown;
    this.fields = watched(contract).toArray(new Watched[0]);
    for (Watched field : fields) {
      MetricGroup group = metrics.addGroup("field", field.name);
      group.gauge("fieldShare", () -> field.share);
      group.gauge("fieldMissed", () -> field.missed ? 1 : 0);
    }
  }

  private static List<Watched> watched(Contract contract) {
    List<Watched> watched = new ArrayList<>();
    watched.add(new Watched(contract.keyColumn(), event -> event.groupRank != EventRecord.NOWHERE));
    watched.add(new Watched("eventTime", event -> event.tellsTime));
    if (!contract.event().id().from().isEmpty()) {
      watched.add(new Watched("eventId", event -> event.eventId != null));
    }
    for (int i = 0; i < contract.fields().size(); i++) {
      Field field = contract.fields().get(i);
      int value = i;
      if (!field.required()) {
        watched.add(new Watched(field.name(), event -> event.has(value)));
      }
    }
    return watched;
  }

  /** Counts a valid event. */
  void count(EventRecord event) {
    long age = event.processedTime - windowStart;
    if (age < 0 || age >= config.window().toMillis()) {
      if (age >= 0 && events >= config.minEvents()) {
        judge();
      }
      windowStart = event.processedTime;
      events = 0;
      for (Watched field : fields) {
        field.events = 0;
      }
    }
    events++;
    for (Watched field : fields) {
      if (field.has.test(event)) {
        field.events++;
      }
    }
  }

  private void judge() {
    for (Watched field : fields) {
      field.share = (double) field.events / events;
      field.usual |= field.share >= MOST;
      boolean before = field.missed;
      field.missed = field.usual && field.share < HARDLY_ANY;
      if (field.missed && !before) {
        LOG.error(
            "Field alarm: {} found '{}' in {} of {} valid events within {}; before, most had it. Did senders rename it? Names that the contract does not know: {}",
            subtask,
            field.name,
            field.events,
            events,
            config.window(),
            unknown);
      } else if (before && !field.missed) {
        LOG.info(
            "Field alarm over: {} finds '{}' again, in {} % of the events",
            subtask, field.name, String.format(Locale.ROOT, "%.0f", 100 * field.share));
      }
    }
  }
}
