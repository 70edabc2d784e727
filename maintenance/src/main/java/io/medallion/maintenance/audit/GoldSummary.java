package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tables over everything have one row for each closed window, with the number of keys and events
 * that the table by the key has; that silver has, if there is no such table. See {@link GoldCounts}
 * on windows that are closing.
 */
final class GoldSummary {

  private final Findings findings =
      new Findings("gold-summary", "tables over everything are the sum of that by the key");
  private long windows;
  private long closing;
  private long events;

  /** The keys of one window, added up. */
  private static final class Keys {
    private long keys;
    private long events;
    private boolean hasEvents = true;
  }

  /** The keys of windows that have their last moment on one day, by the windows' start. */
  static final class Sums {

    private final String source;
    private final Map<Long, Keys> byStart = new HashMap<>();

    /**
     * @param source where the keys are from, for people
     */
    Sums(String source) {
      this.source = source;
    }

    /** Adds a key. */
    void add(long start, OptionalLong eventsOfKey) {
      Keys window = byStart.computeIfAbsent(start, s -> new Keys());
      window.keys++;
      window.events += eventsOfKey.orElse(0);
      window.hasEvents &= eventsOfKey.isPresent();
    }
  }

  /** One table, on one day. */
  final class Day {

    private final GoldRows gold;
    private final Sums sums;
    private final Set<Long> seen = new HashSet<>();

    private Day(GoldRows gold, Sums sums) {
      this.gold = gold;
      this.sums = sums;
    }

    void row(RowCursor row) {
      windows++;
      long start = row.bigint(GoldRows.WINDOW_START);
      OptionalLong ofRow = gold.events(row);
      events += ofRow.orElse(0);
      if (!seen.add(start)) {
        findings.violation("%s is there more than once", gold.place(row));
        return;
      }
      Keys expected = sums.byStart.getOrDefault(start, new Keys());
      if (!gold.hasAllOf(start)) {
        return;
      }
      boolean sameKeys = gold.keyCounts().allMatch(place -> isCount(row, place, expected.keys));
      boolean sameEvents =
          ofRow.isEmpty() || !expected.hasEvents || ofRow.getAsLong() == expected.events;
      if (expected.keys == 0 || !sameKeys || !sameEvents) {
        findings.violation(
            "%s has %s keys and %s events, %s has %d keys and %d events",
            gold.place(row),
            gold.keyCounts()
                .mapToObj(place -> Long.toString(row.bigint(place)))
                .findFirst()
                .orElse("some"),
            ofRow.isPresent() ? Long.toString(ofRow.getAsLong()) : "some",
            sums.source,
            expected.keys,
            expected.events);
      }
    }

    private boolean isCount(RowCursor row, int place, long expected) {
      return !row.isNull(place) && row.bigint(place) == expected;
    }

    /** After all rows of the day. */
    void end(long windowSize) {
      sums.byStart.forEach(
          (start, expected) -> {
            long end = start + windowSize;
            if (seen.contains(start) || !gold.hasAllOf(start)) {
              return;
            }
            if (end <= gold.lastEnd()) {
              findings.violation(
                  "%s has no row, but %s has %d keys of it",
                  gold.place(start, end, ""), sums.source, expected.keys);
            } else {
              closing++;
            }
          });
    }
  }

  Day day(GoldRows gold, Sums sums) {
    return new Day(gold, sums);
  }

  CheckResult result() {
    findings.count("windows", windows);
    findings.count("closing", closing);
    findings.count("events", events);
    return findings.result();
  }
}
