package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every row of silver is in one closed window of each table of gold, in late, or in a window that
 * is still open. What is counted on the way is of one table, the leading one.
 *
 * <p>A window of keys is closed for good once a table over everything has one that ends no earlier:
 * that comes about only after all keys had theirs. In between, with unaligned checkpoints, some
 * keys may have their row before others. Without such a table, and by another column, only that is
 * known of a value's window: it is closed if a later one of the same value is.
 */
final class GoldCounts {

  private final Findings findings =
      new Findings(
          "gold-counts",
          "silver = events of closed windows + late + events of open windows, for each row's value");
  private final Set<Long> closedWindows = new HashSet<>();
  private long silver;
  private long late;
  private long inGold;
  private long open;

  /** Takes a row of silver, as the windows of the leading table have it. */
  void silver(boolean isLate) {
    silver++;
    late += isLate ? 1 : 0;
  }

  /** Without a closed window and a late row, every window is open. */
  void silverWithoutWindows() {
    silver++;
    open++;
  }

  /** The rows of one table. */
  final class Table {

    private final GoldRows gold;
    private final boolean isLeading;
    private final long closedUpTo;

    /** By value, the end of the last window that has a row, of those of the day. */
    private final Map<String, Long> lastOfDay = new HashMap<>();

    /** What earlier days have no row of, by value, where only later rows tell of its window. */
    private final Map<String, Missing> missing = new HashMap<>();

    private Table(GoldRows gold, boolean isLeading, long closedUpTo) {
      this.gold = gold;
      this.isLeading = isLeading;
      this.closedUpTo = closedUpTo;
    }

    /** To be called before the rows of each day, which come in the order of days. */
    void startDay() {
      lastOfDay.clear();
    }

    /**
     * Takes a row; those of a day in any order.
     *
     * @param onTime events of the row's window and value
     */
    void row(RowCursor row, boolean isNew, long onTime) {
      OptionalLong count = gold.events(row);
      if (isLeading) {
        inGold += count.orElse(onTime);
        closedWindows.add(row.bigint(GoldRows.WINDOW_START));
      }
      if (!isNew) {
        findings.violation("%s is there more than once", gold.place(row));
      } else if (onTime == 0 || count.orElse(onTime) != onTime) {
        findings.violation(
            "%s has eventCount %s, but silver has %d events on time",
            gold.place(row), count.isPresent() ? count.getAsLong() : "unknown", onTime);
      }
      if (closedUpTo == Long.MIN_VALUE) {
        lastOfDay.merge(gold.group(row), row.bigint(GoldRows.WINDOW_END), Math::max);
        closed(missing.remove(gold.group(row)));
      }
    }

    /** What is missing of a value will not come any more. */
    private void closed(Missing ofValue) {
      if (ofValue != null) {
        open -= isLeading ? ofValue.events : 0;
        findings.violations(
            ofValue.windows,
            "%s has no row, but silver has events of it on time, and later windows are closed",
            ofValue.firstPlace);
      }
    }

    /** A window and value that silver has events of, and gold has no row; after those it has. */
    void withoutRow(long start, long end, String value, long onTime) {
      if (!gold.hasAllOf(start)) {
        open += isLeading ? onTime : 0;
        return;
      }
      if (end <= Math.max(closedUpTo, lastOfDay.getOrDefault(value, closedUpTo))) {
        findings.violation(
            "%s has no row, but silver has %d events on time, and later windows are closed",
            gold.place(start, end, value), onTime);
        return;
      }
      open += isLeading ? onTime : 0;
      if (closedUpTo == Long.MIN_VALUE) {
        missing.computeIfAbsent(value, v -> new Missing(gold.place(start, end, value))).add(onTime);
      }
    }

    void wrongWindow(RowCursor row, long size) {
      findings.violation(
          "%s is not a window of the size and alignment of the others (%.3f s)",
          gold.place(row), size / 1e6);
    }
  }

  /** Windows that a value has no row of. */
  private static final class Missing {
    private final String firstPlace;
    private long windows;
    private long events;

    Missing(String firstPlace) {
      this.firstPlace = firstPlace;
    }

    void add(long onTime) {
      windows++;
      events += onTime;
    }
  }

  /**
   * The rows of a table.
   *
   * @param isLeading whether its events are those that are counted
   * @param closedUpTo the end of the last window that is closed for good, microseconds; the least
   *     number if that is not known
   */
  Table table(GoldRows gold, boolean isLeading, long closedUpTo) {
    return new Table(gold, isLeading, closedUpTo);
  }

  CheckResult result() {
    findings.count("silver", silver);
    findings.count("in gold", inGold);
    findings.count("late", late);
    findings.count("open", open);
    findings.count("closed windows", closedWindows.size());
    if (silver != inGold + late + open && findings.result().holds()) {
      findings.violation("%d is not %d + %d + %d", silver, inGold, late, open);
    }
    return findings.result();
  }
}
