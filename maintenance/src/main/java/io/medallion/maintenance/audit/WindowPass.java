package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * One pass over silver, a day of event time after the other, and beside it over the tables of gold:
 * feeds the checks of all.
 */
final class WindowPass {

  private static final String DATE = "eventDate";

  private final LakeVersion lake;
  private final TimeRange range;
  private final Partitions partitions;
  private final AccountedEvents accounted;
  private final LateRows late;
  private final Progress progress;

  private final Contract contract;
  private final SilverRow silver;
  private final List<GoldRows> gold = new ArrayList<>();
  private final List<GoldGroup> groups = new ArrayList<>();

  private final Enrichment enrichment;
  private final GoldCounts goldCounts = new GoldCounts();
  private final GoldSummary goldSummary = new GoldSummary();
  private final GoldValues goldValues;

  /** Windows of one size, and the groups of events in them. */
  private record Grouping(String by, long windowSize) {}

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
    this.contract = lake.definitions().contract();
    this.silver = new SilverRow(contract);
    EarlierContracts earlier = EarlierContracts.of(lake);
    this.enrichment =
        new Enrichment(contract, earlier, silver, range, lake.rows(lake.definitions().silver()));
    this.goldValues = new GoldValues(earlier);
    addGold();
  }

  private void addGold() {
    for (int i = 0; i < contract.gold().size(); i++) {
      Optional<TableVersion> version = table(lake.definitions().gold().get(i));
      gold.add(new GoldRows(contract.gold().get(i), version));
    }
    GoldGroup.Checks checks =
        new GoldGroup.Checks(range, progress, leading(), goldCounts, goldSummary, goldValues);
    Map<Grouping, List<GoldRows>> byGrouping = new LinkedHashMap<>();
    for (GoldRows rows : gold) {
      long windowSize = windowSize(rows);
      if (windowSize > 0) {
        String by = rows.table().by().orElse(contract.keyColumn());
        byGrouping
            .computeIfAbsent(new Grouping(by, windowSize), grouping -> new ArrayList<>())
            .add(rows);
      }
    }
    byGrouping.forEach(
        (grouping, rows) ->
            groups.add(new GoldGroup(checks, silver, grouping.by(), rows, grouping.windowSize())));
  }

  private Optional<TableVersion> table(TableDefinition definition) {
    return Optional.ofNullable(lake.tables().get(definition));
  }

  /** The first table by the key, else the first by a column, else the first. */
  private GoldRows leading() {
    return first(Optional.of(contract.keyColumn()))
        .or(() -> gold.stream().filter(rows -> rows.table().by().isPresent()).findFirst())
        .orElse(gold.get(0));
  }

  private Optional<GoldRows> first(Optional<String> by) {
    return gold.stream().filter(rows -> rows.table().by().equals(by)).findFirst();
  }

  /**
   * Microseconds, as a table's rows say; without any, as those of tables with the same windows, or
   * those of late; 0 if none of them has a row.
   */
  private long windowSize(GoldRows rows) {
    GoldTable table = rows.table();
    LongStream ofOthers =
        gold.stream()
            .filter(other -> other.table().window().equals(table.window()))
            .mapToLong(GoldRows::windowSize);
    return LongStream.concat(
            LongStream.of(rows.windowSize()),
            LongStream.concat(ofOthers, LongStream.of(late.windowSize())))
        .filter(size -> size > 0)
        .findFirst()
        .orElse(0);
  }

  /** Reads silver and gold. */
  List<CheckResult> run() {
    Map<LocalDate, List<DataFile>> silverByDay = silverByDay();
    NavigableSet<LocalDate> days = new TreeSet<>(silverByDay.keySet());
    gold.forEach(rows -> days.addAll(rows.days()));
    for (LocalDate day : days) {
      List<DataFile> files = silverByDay.getOrDefault(day, List.of());
      table(lake.definitions().silver())
          .ifPresent(table -> table.read(files, silver.columns(), this::silverRow));
      groups.forEach(group -> group.compare(day));
    }
    groups.forEach(GoldGroup::end);
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
    Partition partition =
        partitions.of(row.text(SilverRow.EVENT_HUB), row.integer(SilverRow.PARTITION));
    long offset = row.bigint(SilverRow.OFFSET);
    boolean isRedriven = QualityFlags.isRedriven(row.text(SilverRow.QUALITY_FLAGS));
    accounted.silver(partition, offset, row.bigint(SilverRow.ENQUEUED_TIME), isRedriven);
    if (isRedriven) {
      late.redriven(partition, offset);
    }
    enrichment.silver(row);
    long eventTime = row.bigint(SilverRow.EVENT_TIME);
    if (groups.stream().noneMatch(GoldGroup::isLeading)) {
      if (range.contains(eventTime)) {
        goldCounts.silverWithoutWindows();
      }
    }
    boolean isLate = late.contains(partition, offset);
    for (GoldGroup group : groups) {
      if (group.isAudited(eventTime)) {
        if (group.isLeading()) {
          goldCounts.silver(isLate);
        }
        if (!isLate) {
          group.onTime(eventTime, row);
        }
      }
    }
  }
}
