package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.rules.QualityFlags;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One pass over silver, a day of event time after the other, and beside it over the tables of gold:
 * feeds the checks of all.
 */
final class WindowPass {

  private static final String DATE = "eventDate";

  private final LakeVersion lake;
  private final TimeRange range;
  private final Partitions partitions;
  private final EventPlaces places;
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
  WindowPass(Scope scope, AccountedEvents accounted, LateRows late) {
    this.lake = scope.lake();
    this.range = scope.range();
    this.partitions = scope.partitions();
    this.places = scope.places();
    this.accounted = accounted;
    this.late = late;
    this.progress = scope.progress();
    this.contract = lake.definitions().contract();
    this.silver = new SilverRow(contract);
    EarlierContracts earlier = EarlierContracts.of(lake);
    this.enrichment =
        new Enrichment(contract, earlier, silver, range, lake.rows(lake.definitions().silver()));
    this.goldValues = new GoldValues(contract, earlier);
    addGold(earlier);
  }

  private void addGold(EarlierContracts earlier) {
    for (int i = 0; i < contract.gold().size(); i++) {
      Optional<TableVersion> version = table(lake.definitions().gold().get(i));
      GoldTable table = contract.gold().get(i);
      gold.add(new GoldRows(table, version, earlier.lacked(table)));
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
            groups.add(
                new GoldGroup(
                    checks.in(kept(rows)), silver, grouping.by(), rows, grouping.windowSize())));
  }

  /**
   * The part of the range of which nothing was removed from silver, late and the tables of gold: of
   * windows before it, there is not everything that would have to be compared.
   */
  private TimeRange kept(List<GoldRows> rows) {
    Instant from =
        Stream.concat(
                Stream.of(lake.definitions().silver(), lake.definitions().late())
                    .map(lake::expired),
                rows.stream().map(GoldRows::expired))
            .map(Expired::before)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return from.isAfter(range.from()) ? new TimeRange(from, range.to()) : range;
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
   * Microseconds, as a table's rows say; without any, as those of tables with the same windows, the
   * contract, or late; 0 if nothing says it.
   */
  private long windowSize(GoldRows rows) {
    Optional<Duration> declared = rows.table().window();
    LongStream ofTables =
        gold.stream()
            .filter(other -> other.table().window().equals(declared))
            .mapToLong(GoldRows::windowSize);
    long ofLate = late.windowSizes().size() == 1 ? late.windowSizes().iterator().next() : 0;
    long ofContract = declared.map(window -> window.toMillis() * 1000).orElse(0L);
    // A size that all tables have may be overridden by a setting.
    boolean mayBeOverridden =
        contract.gold().stream().map(GoldTable::window).distinct().count() == 1;
    return Stream.of(
            LongStream.of(rows.windowSize()),
            ofTables,
            mayBeOverridden ? LongStream.of(ofLate) : LongStream.of(ofContract, otherOfLate()))
        .flatMapToLong(sizes -> sizes)
        .filter(size -> size > 0)
        .findFirst()
        .orElse(0);
  }

  /** The size of windows that events missed and the contract does not name; 0 if there is none. */
  private long otherOfLate() {
    Set<Long> named =
        contract.gold().stream()
            .flatMap(table -> table.window().stream())
            .map(window -> window.toMillis() * 1000)
            .collect(Collectors.toSet());
    return late.windowSizes().stream().filter(size -> !named.contains(size)).findFirst().orElse(0L);
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
    long place = places.place(row, SilverRow.OFFSET, SilverRow.INDEX);
    long eventTime = row.bigint(SilverRow.EVENT_TIME);
    boolean isRedriven = QualityFlags.isRedriven(row.text(SilverRow.QUALITY_FLAGS));
    accounted.silver(partition, place, row.bigint(SilverRow.ENQUEUED_TIME), isRedriven);
    if (isRedriven) {
      windowSizes().forEach(size -> late.redriven(partition, place, eventTime, size));
    }
    enrichment.silver(row);
    if (groups.stream().noneMatch(GoldGroup::isLeading) && range.contains(eventTime)) {
      goldCounts.silverWithoutWindows();
    }
    for (GoldGroup group : groups) {
      if (group.isAudited(eventTime)) {
        boolean isLate = late.contains(partition, place, group.windowSize());
        if (group.isLeading()) {
          goldCounts.silver(isLate);
        }
        if (!isLate) {
          group.onTime(eventTime, row);
        }
      }
    }
  }

  private Set<Long> windowSizes() {
    return groups.stream().map(GoldGroup::windowSize).collect(Collectors.toSet());
  }
}
