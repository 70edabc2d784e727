package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tables of gold that are about the same windows and groups of events: those by one column of
 * silver; by the contract's key, also those over everything. Feeds their checks, a day after the
 * other.
 *
 * <p>What is kept are aggregates, one for each window and group of a day, about 1 KB each; never
 * rows.
 */
final class GoldGroup {

  private final TimeRange range;
  private final Progress progress;
  private final GoldSummary goldSummary;
  private final int by;
  private final Windows windows;
  private final List<Table> tables = new ArrayList<>();
  private final List<Table> totals = new ArrayList<>();
  private final boolean isLeading;

  /**
   * @param isSummedUp whether those over everything are its sum
   */
  private record Table(
      GoldRows rows, GoldCounts.Table counts, GoldValues.Table values, boolean isSummedUp) {}

  /**
   * The checks that a group feeds.
   *
   * @param leading the table whose events are counted
   */
  record Checks(
      TimeRange range,
      Progress progress,
      GoldRows leading,
      GoldCounts counts,
      GoldSummary summary,
      GoldValues values) {

    /** The same of windows in another range. */
    Checks in(TimeRange other) {
      return new Checks(other, progress, leading, counts, summary, values);
    }
  }

  /**
   * @param by the column whose values are the groups
   * @param gold tables by it, and over everything
   * @param windowSize microseconds
   */
  GoldGroup(Checks checks, SilverRow silver, String by, List<GoldRows> gold, long windowSize) {
    this.range = checks.range();
    this.progress = checks.progress();
    this.goldSummary = checks.summary();
    this.by = silver.place(by);
    Measures measures = new Measures(silver, gold.stream().map(GoldRows::table).toList());
    this.windows = new Windows(windowSize, measures);
    this.isLeading = gold.contains(checks.leading());
    long closedUpTo =
        gold.stream()
            .filter(rows -> rows.table().by().isEmpty())
            .mapToLong(GoldRows::lastEnd)
            .max()
            .orElse(Long.MIN_VALUE);
    for (GoldRows rows : gold) {
      boolean isTotal = rows.table().by().isEmpty();
      (isTotal ? totals : tables)
          .add(
              new Table(
                  rows,
                  checks.counts().table(rows, rows == checks.leading(), closedUpTo),
                  checks.values().table(rows, measures),
                  !isTotal && tables.isEmpty()));
    }
  }

  /** Microseconds. */
  long windowSize() {
    return windows.size();
  }

  /** Whether the leading table is one of the group. */
  boolean isLeading() {
    return isLeading;
  }

  /** Whether the window of an event is audited. */
  boolean isAudited(long eventTime) {
    return range.contains(windows.startOf(eventTime), windows.endOf(eventTime));
  }

  /** Takes a row of silver that is on time and whose window is audited. */
  void onTime(long eventTime, RowCursor row) {
    String group = row.text(by);
    windows.of(eventTime, group == null ? "" : group).add(row);
  }

  /** Compares the windows that have their last moment on the day, all of whose events are read. */
  void compare(LocalDate day) {
    Map<Long, Map<String, WindowValues>> expected = windows.takeEndingBy(Micros.endOf(day));
    GoldSummary.Sums sums = sums(expected);
    for (Table table : tables) {
      Map<Long, Set<String>> seen = new HashMap<>();
      table.counts.startDay();
      read(
          day,
          table,
          row -> {
            long start = row.bigint(GoldRows.WINDOW_START);
            String group = table.rows.group(row);
            boolean isNew = seen.computeIfAbsent(start, s -> new HashSet<>()).add(group);
            WindowValues values = expected.getOrDefault(start, Map.of()).get(group);
            table.counts.row(row, isNew, values == null ? 0 : values.events());
            compareValues(table, row, Optional.ofNullable(values));
            if (table.isSummedUp) {
              sums.add(start, table.rows.events(row));
            }
          });
      withoutRows(table, expected, seen);
    }
    for (Table table : totals) {
      compareTotal(day, table, expected, sums);
    }
  }

  /** To be filled from the first table, if there is one. */
  private GoldSummary.Sums sums(Map<Long, Map<String, WindowValues>> expected) {
    if (!tables.isEmpty()) {
      return new GoldSummary.Sums(tables.get(0).rows.table().name());
    }
    GoldSummary.Sums sums = new GoldSummary.Sums("silver");
    expected.forEach(
        (start, byGroup) ->
            byGroup.values().forEach(values -> sums.add(start, OptionalLong.of(values.events()))));
    return sums;
  }

  private void compareTotal(
      LocalDate day,
      Table table,
      Map<Long, Map<String, WindowValues>> byGroup,
      GoldSummary.Sums sums) {
    Map<Long, Map<String, WindowValues>> expected = new HashMap<>();
    byGroup.forEach((start, groups) -> expected.put(start, Map.of("", sum(groups))));
    GoldSummary.Day summary = goldSummary.day(table.rows, sums);
    Map<Long, Set<String>> seen = new HashMap<>();
    read(
        day,
        table,
        row -> {
          long start = row.bigint(GoldRows.WINDOW_START);
          summary.row(row);
          Optional<WindowValues> values =
              Optional.ofNullable(expected.getOrDefault(start, Map.of()).get(""));
          if (isLeadingTotal()) {
            boolean isNew = seen.put(start, Set.of("")) == null;
            table.counts.row(row, isNew, values.map(WindowValues::events).orElse(0L));
          }
          compareValues(table, row, values);
        });
    summary.end(windows.size());
    if (isLeadingTotal()) {
      withoutRows(table, expected, seen);
    }
  }

  /** Where there is no table by the key, the events of those over everything are counted. */
  private boolean isLeadingTotal() {
    return isLeading && tables.isEmpty();
  }

  private WindowValues sum(Map<String, WindowValues> groups) {
    WindowValues sum = windows.empty();
    groups.values().forEach(sum::add);
    return sum;
  }

  /** Hands the rows whose windows are audited to the reader. */
  private void read(LocalDate day, Table table, Consumer<RowCursor> reader) {
    table.rows.read(
        day,
        row -> {
          progress.row();
          long start = row.bigint(GoldRows.WINDOW_START);
          long end = row.bigint(GoldRows.WINDOW_END);
          if (range.contains(start, end)) {
            if (windows.areWindow(start, end)) {
              reader.accept(row);
            } else {
              table.counts.wrongWindow(row, windows.size());
            }
          }
        });
  }

  /** Of other events the values can't be the same: then the counts are what is wrong. */
  private static void compareValues(Table table, RowCursor row, Optional<WindowValues> expected) {
    expected
        .filter(values -> table.rows.events(row).orElse(values.events()) == values.events())
        .ifPresent(values -> table.values.row(table.rows.place(row), row, values));
  }

  /** After the last day: what is left is in windows that gold has none of. */
  void end() {
    NavigableMap<Long, Map<String, WindowValues>> left = windows.takeEndingBy(Long.MAX_VALUE);
    for (Table table : tables) {
      table.counts.startDay();
      withoutRows(table, left, Map.of());
    }
    if (isLeadingTotal()) {
      Map<Long, Map<String, WindowValues>> sums = new HashMap<>();
      left.forEach((start, groups) -> sums.put(start, Map.of("", sum(groups))));
      totals.forEach(table -> withoutRows(table, sums, Map.of()));
    }
  }

  private void withoutRows(
      Table table, Map<Long, Map<String, WindowValues>> expected, Map<Long, Set<String>> seen) {
    expected.forEach(
        (start, byGroup) -> {
          Set<String> withRow = seen.getOrDefault(start, Set.of());
          byGroup.forEach(
              (group, values) -> {
                if (!withRow.contains(group)) {
                  table.counts.withoutRow(start, start + windows.size(), group, values.events());
                }
              });
        });
  }
}
