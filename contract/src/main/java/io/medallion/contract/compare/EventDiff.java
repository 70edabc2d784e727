package io.medallion.contract.compare;

import io.medallion.contract.EventForm;
import io.medallion.contract.EventForm.Tolerance;
import io.medallion.contract.EventForm.UnknownFields;
import io.medallion.contract.Origin;
import io.medallion.contract.compare.Difference.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares how records hold events, and where key, time and id come from. */
final class EventDiff {

  private static final String KEY = "event.key";
  private static final String TIME = "event.time";
  private static final String ID = "event.id";

  private EventDiff() {}

  static void add(Differences found, Replay replay, EventForm old, EventForm next) {
    List<String> all = replay.everything();
    addRecords(found, all, old, next);
    boolean kept = old.unknownFields() == UnknownFields.KEEP;
    found.compare(
        kept ? Kind.BREAKING : Kind.ADDITIVE,
        "event",
        "unknownFields",
        Optional.of(old.unknownFields()),
        Optional.of(next.unknownFields()));
    for (Tolerance tolerance : Tolerance.values()) {
      String name = tolerance.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      found.tolerance(
          "event",
          name,
          old.tolerated().contains(tolerance),
          next.tolerated().contains(tolerance),
          all);
    }
    addKey(found, all, old, next);
    found.compareRestating(
        TIME, "from", from(old, old.timeFrom()), from(next, next.timeFrom()), all);
    found.format(TIME, old.timeFormat(), next.timeFormat(), all);
    found.tolerance(
        TIME,
        "an epoch in quotes",
        old.timeFormat().acceptsText(),
        next.timeFormat().acceptsText(),
        all);
    if (old.timeZone().isEmpty() && next.timeZone().isPresent()) {
      found.add(
          Kind.ADDITIVE,
          TIME,
          "a text without an offset is tolerated now: it is in timeZone %s"
              .formatted(next.timeZone().get()));
    } else {
      found.compareRestating(TIME, "timeZone", old.timeZone(), next.timeZone(), all);
    }
    found.compareRestating(
        ID, "from", from(old, old.id().from()), from(next, next.id().from()), all);
    found.tolerance(ID, "a number", old.id().acceptsNumber(), next.id().acceptsNumber(), all);
  }

  /** Where a record has several events, their places in it tell them from each other. */
  private static void addRecords(
      Differences found, List<String> all, EventForm old, EventForm next) {
    found.compare(
        Kind.BREAKING, "event", "records", Optional.of(old.records()), Optional.of(next.records()));
    if (old.hasSeveral() || next.hasSeveral()) {
      found.compare(Kind.BREAKING, "event", "data", old.data(), next.data());
      found.compare(Kind.BREAKING, "event", "dataEncoding", old.encoding(), next.encoding());
    } else {
      found.compareRestating("event", "data", old.data(), next.data(), all);
      found.compareRestating("event", "dataEncoding", old.encoding(), next.encoding(), all);
    }
  }

  private static void addKey(Differences found, List<String> all, EventForm old, EventForm next) {
    EventForm.Key oldKey = old.key();
    EventForm.Key nextKey = next.key();
    found.compare(
        Kind.BREAKING, KEY, "column", Optional.of(oldKey.column()), Optional.of(nextKey.column()));
    Optional<List<String>> oldFrom = from(old, oldKey.from());
    Optional<List<String>> nextFrom = from(next, nextKey.from());
    if (Differences.isContinued(oldKey.from(), nextKey.from())) {
      // Events that had a key until now keep it.
      found.compareRestating(KEY, "from", oldFrom, nextFrom, all);
    } else {
      found.compare(Kind.BREAKING, KEY, "from", oldFrom, nextFrom);
    }
    found.compareRestating(
        KEY, "otherwise", Optional.of(oldKey.otherwise()), Optional.of(nextKey.otherwise()), all);
    boolean isJoined = oldKey.from().stream().anyMatch(Origin.Joined.class::isInstance);
    found.compare(
        isJoined ? Kind.BREAKING : Kind.ADDITIVE,
        KEY,
        "join",
        Optional.of(oldKey.join()),
        Optional.of(nextKey.join()));
    found.tolerance(KEY, "a number", oldKey.acceptsNumber(), nextKey.acceptsNumber(), all);
  }

  /** The origins as they are written, below an envelope's data; empty if there are none. */
  private static Optional<List<String>> from(EventForm form, List<Origin> origins) {
    return origins.isEmpty()
        ? Optional.empty()
        : Optional.of(origins.stream().map(origin -> form.written(origin)).toList());
  }
}
