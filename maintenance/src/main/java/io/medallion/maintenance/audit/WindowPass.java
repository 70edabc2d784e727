package io.medallion.maintenance.audit;

import io.medallion.job.rules.QualityFlags;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One pass over silver, a day of event time after the other, and beside it over gold: feeds the
 * checks of both.
 *
 * <p>What is kept are aggregates, one for each window and station of a day, about 1 KB each; never
 * rows.
 */
final class WindowPass {

  private static final String DATE = "eventDate";

  private final LakeVersion lake;
  private final TimeRange range;
  private final Partitions partitions;
  private final AccountedEvents accounted;
  private final LateRows late;
  private final Progress progress;

  private final GoldIndex byStation;
  private final GoldIndex summary;
  private final Optional<Windows> windows;
  private final long windowSize;

  private final Enrichment enrichment;
  private final GoldCounts goldCounts;
  private final GoldSummary goldSummary;
  private final GoldValues goldValues = new GoldValues();

  /**
   * @param late has all rows of late already
   */
  WindowPass(
      LakeVersion lake,
      TimeRange range,
      Partitions partitions,
      AccountedEvents accounted,
      LateRows late,
      Progress progress) {
    this.lake = lake;
    this.range = range;
    this.partitions = partitions;
    this.accounted = accounted;
    this.late = late;
    this.progress = progress;
    this.byStation = GoldIndex.of(table(lake.definitions().gold().get(0)));
    this.summary = GoldIndex.of(table(lake.definitions().gold().get(1)));
    this.windowSize =
        Stream.of(byStation.windowSize(), summary.windowSize(), late.windowSize())
            .filter(size -> size > 0)
            .findFirst()
            .orElse(0L);
    this.windows = windowSize > 0 ? Optional.of(new Windows(windowSize)) : Optional.empty();
    this.enrichment = new Enrichment(range, lake.rows(lake.definitions().silver()));
    this.goldCounts = new GoldCounts(summary.lastEnd());
    this.goldSummary = new GoldSummary(summary.lastEnd());
  }

  private Optional<TableVersion> table(TableDefinition kind) {
    return Optional.ofNullable(lake.tables().get(kind));
  }

  /** Reads silver and gold. */
  List<CheckResult> run() {
    Map<LocalDate, List<DataFile>> silver = silverByDay();
    NavigableSet<LocalDate> days = new TreeSet<>(silver.keySet());
    days.addAll(byStation.days());
    days.addAll(summary.days());
    for (LocalDate day : days) {
      List<DataFile> files = silver.getOrDefault(day, List.of());
      table(lake.definitions().silver())
          .ifPresent(table -> table.read(files, Silver.COLUMNS, this::silverRow));
      compareGold(day);
    }
    windows.ifPresent(left -> left.takeEndingBy(Long.MAX_VALUE).forEach(this::withoutRows));
    return List.of(
        enrichment.result(), goldCounts.result(), goldSummary.result(), goldValues.result());
  }

  private Map<LocalDate, List<DataFile>> silverByDay() {
    Map<LocalDate, List<DataFile>> byDay = new TreeMap<>();
    for (DataFile file : lake.files(lake.definitions().silver())) {
      if (file.mayHold("enqueuedTime", range) || file.mayHold("eventTime", range)) {
        byDay
            .computeIfAbsent(LocalDate.parse(file.partition().get(DATE)), day -> new ArrayList<>())
            .add(file);
      }
    }
    return byDay;
  }

  private void silverRow(RowCursor row) {
    progress.row();
    Partition partition = partitions.of(row.text(Silver.EVENT_HUB), row.integer(Silver.PARTITION));
    long offset = row.bigint(Silver.OFFSET);
    boolean isRedriven = QualityFlags.isRedriven(row.text(Silver.QUALITY_FLAGS));
    accounted.silver(partition, offset, row.bigint(Silver.ENQUEUED_TIME), isRedriven);
    if (isRedriven) {
      late.redriven(partition, offset);
    }
    enrichment.silver(row);
    if (windows.isEmpty()) {
      if (range.contains(row.bigint(Silver.EVENT_TIME))) {
        goldCounts.silverWithoutWindows();
      }
      return;
    }
    long eventTime = row.bigint(Silver.EVENT_TIME);
    if (!range.contains(windows.get().startOf(eventTime), windows.get().endOf(eventTime))) {
      return;
    }
    boolean isLate = late.contains(partition, offset);
    goldCounts.silver(isLate);
    if (!isLate) {
      windows.get().of(eventTime, row.text(Silver.STATION_ID)).add(row);
    }
  }

  /** Compares the windows that have their last moment on the day, all of whose events are read. */
  private void compareGold(LocalDate day) {
    if (windows.isEmpty()) {
      return;
    }
    Map<Long, Map<String, Weather>> expected = windows.get().takeEndingBy(Micros.endOf(day));
    Map<Long, GoldSummary.Stations> stations = new TreeMap<>();
    Map<Long, Set<String>> seen = new HashMap<>();
    byStation.read(
        day,
        Gold.BY_STATION,
        row -> {
          String name = row.text(Gold.STATION);
          String place = "weather_by_station %s '%s'".formatted(Gold.window(row), name);
          if (isAudited(place, row)) {
            long start = row.bigint(Gold.WINDOW_START);
            boolean isNew = seen.computeIfAbsent(start, s -> new HashSet<>()).add(name);
            stations.computeIfAbsent(start, s -> new GoldSummary.Stations()).add(row);
            Weather weather = expected.getOrDefault(start, new HashMap<>()).get(name);
            long onTime = weather == null ? 0 : weather.count();
            goldCounts.row(place, row, isNew, onTime);
            compareValues(place, row, weather);
          }
        });
    readSummary(day, expected, stations);
    expected.forEach(
        (start, byName) -> {
          byName.keySet().removeAll(seen.getOrDefault(start, Set.of()));
          withoutRows(start, byName);
        });
  }

  private void readSummary(
      LocalDate day,
      Map<Long, Map<String, Weather>> expected,
      Map<Long, GoldSummary.Stations> stations) {
    summary.read(
        day,
        Gold.SUMMARY,
        row -> {
          String place = "weather_summary %s".formatted(Gold.window(row));
          if (isAudited(place, row)) {
            long start = row.bigint(Gold.WINDOW_START);
            goldSummary.row(
                place, row, stations.computeIfAbsent(start, s -> new GoldSummary.Stations()));
            Weather all = new Weather();
            expected.getOrDefault(start, Map.of()).values().forEach(all::add);
            compareValues(place, row, all);
          }
        });
    stations.forEach(
        (start, sum) -> {
          long end = start + windowSize;
          goldSummary.end("weather_summary " + Micros.text(start, end), end, sum);
        });
  }

  private boolean isAudited(String place, RowCursor row) {
    progress.row();
    long start = row.bigint(Gold.WINDOW_START);
    long end = row.bigint(Gold.WINDOW_END);
    if (!range.contains(start, end)) {
      return false;
    }
    boolean fits = end - start == windowSize && Math.floorMod(start, windowSize) == 0;
    if (!fits) {
      goldCounts.wrongWindow(place, windowSize);
    }
    return fits;
  }

  /** Of other events the values can't be the same: then the counts are what is wrong. */
  private void compareValues(String place, RowCursor row, Weather expected) {
    if (expected != null && expected.count() == row.bigint(Gold.EVENT_COUNT)) {
      goldValues.row(place, row, expected);
    }
  }

  private void withoutRows(long start, Map<String, Weather> stations) {
    long end = start + windowSize;
    stations.forEach(
        (name, weather) ->
            goldCounts.withoutRow(
                "weather_by_station %s '%s'".formatted(Micros.text(start, end), name),
                end,
                weather.count()));
  }
}
