package io.medallion.maintenance.audit;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.table.RawRecord;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Visits the rows that bronze's records say there should be, and then those that are there. */
final class RowWalk {

  private static final List<String> BRONZE =
      Stream.concat(StoredRecord.COLUMNS.stream(), Stream.of("ingestedTime")).toList();
  private static final int INGESTED_TIME = BRONZE.size() - 1;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final LakeVersion lake;
  private final TimeRange range;
  private final Partitions partitions;
  private final EventPlaces places;
  private final AccountedEvents accounted;
  private final LateRows late;
  private final QuarantineVerdicts verdicts;
  private final JudgedTables tables;
  private final List<RecordRows> candidates;
  private final Progress progress;
  private final EventRecord record = new EventRecord();

  /** Rows of the first release lack some of what a record is. */
  private final Offsets ofFirstRelease = new Offsets();

  /** Events of silver that none of the lake's contracts takes for valid. */
  private final Offsets unexplained = new Offsets();

  /** Of the record that is looked at: why the lake's contract rejects what silver has. */
  private final Map<Long, String> rejected = new HashMap<>();

  /** What to do with an event that is not where its record says. */
  interface Misplaced {
    void event(Partition partition, long place, String why);
  }

  RowWalk(
      Scope scope,
      AccountedEvents accounted,
      LateRows late,
      QuarantineVerdicts verdicts,
      JudgedTables tables,
      List<RecordRows> candidates) {
    this.lake = scope.lake();
    this.range = scope.range();
    this.partitions = scope.partitions();
    this.places = scope.places();
    this.accounted = accounted;
    this.late = late;
    this.verdicts = verdicts;
    this.tables = tables;
    this.candidates = List.copyOf(candidates);
    this.progress = scope.progress();
  }

  /**
   * Visits rows.
   *
   * @param files selects those that may have rows of interest
   * @param misplaced takes events that are in silver or quarantine, and should not be
   */
  void visit(RowVisitor visitor, Predicate<DataFile> files, Misplaced misplaced) {
    List<DataFile> bronze =
        lake.files(lake.definitions().bronze()).stream()
            .filter(file -> file.mayHold("enqueuedTime", range))
            .filter(files)
            .toList();
    if (bronze.isEmpty()) {
      return;
    }
    progress.more(bronze.stream().mapToLong(DataFile::rows).sum());
    lake.tables()
        .get(lake.definitions().bronze())
        .read(bronze, BRONZE, row -> bronze(row, visitor, misplaced));
    tables.all().forEach(table -> visitFound(table, visitor, files));
  }

  private void bronze(RowCursor row, RowVisitor visitor, Misplaced misplaced) {
    progress.row();
    if (!range.contains(row.bigint(StoredRecord.ENQUEUED_TIME))) {
      return;
    }
    Partition partition =
        partitions.ofBronze(row.text(StoredRecord.EVENT_HUB), row.integer(StoredRecord.PARTITION));
    long offset = row.bigint(StoredRecord.OFFSET);
    if (!visitor.wants(partition, offset)) {
      return;
    }
    if (StoredRecord.isOfFirstRelease(row)) {
      ofFirstRelease.add(partition, places.place(offset, 0));
      return;
    }
    StoredRecord.read(row, record);
    record.processedTime = Math.floorDiv(row.bigint(INGESTED_TIME), 1000L);
    rejected.clear();
    for (int i = 0; i < candidates.size(); i++) {
      int candidate = i;
      candidates
          .get(i)
          .decode(record, event -> expect(partition, event, candidate, visitor, misplaced));
    }
    rejected.forEach(
        (place, why) -> {
          unexplained.add(partition, place);
          if (!accounted.isRedriven(partition, place)) {
            misplaced.event(partition, place, why);
          }
        });
  }

  private void expect(
      Partition partition,
      EventRecord event,
      int candidate,
      RowVisitor visitor,
      Misplaced misplaced) {
    long place = places.place(event);
    if (candidate == 0 && accounted.isInQuarantine(partition, place)) {
      expectQuarantined(partition, place, event, visitor, misplaced);
    }
    if (!accounted.silver().contains(partition, place)) {
      return;
    }
    if (event.isValid()) {
      rejected.remove(place);
      expectInSilver(partition, place, event, candidate, visitor);
    } else if (candidate == 0) {
      rejected.put(
          place,
          "is in silver, and by the lake's rules %s: %s"
              .formatted(event.reasonCode(), event.detail));
    }
  }

  private void expectInSilver(
      Partition partition, long place, EventRecord event, int candidate, RowVisitor visitor) {
    RecordRows rows = candidates.get(candidate);
    boolean isRedriven = accounted.isRedriven(partition, place);
    rows.silver(event);
    visitor.expected(
        tables.silver(), partition, place, candidate, tables.silver().counted(isRedriven));
    for (int size = 0; size < tables.late().size(); size++) {
      JudgedTable ofSize = tables.late().get(size);
      if (late.contains(partition, place, ofSize.windowSize())) {
        rows.late(event, size);
        visitor.expected(ofSize, partition, place, candidate, ofSize.counted(isRedriven));
      }
    }
  }

  private void expectQuarantined(
      Partition partition, long place, EventRecord event, RowVisitor visitor, Misplaced misplaced) {
    if (verdicts.isRepeatable(partition, place)) {
      if (event.isValid()) {
        misplaced.event(partition, place, "is in quarantine, and valid by the same rules");
      } else {
        candidates.get(0).verdict(event);
        expectRow(tables.verdicts(), partition, place, event, visitor);
      }
    } else if (!event.isValid() && verdicts.isOfAge(partition, place)) {
      misplaced.event(
          partition,
          place,
          "is in quarantine for its time, and by the same rules %s: %s"
              .formatted(event.reasonCode(), event.detail));
    }
    if (event.isValid()) {
      // What quarantine has of the record is the same whatever the reason.
      event.reject(RejectReason.FUTURE_EVENT_TIME, "");
      candidates.get(0).quarantine(event);
      event.reason = null;
    } else {
      candidates.get(0).quarantine(event);
    }
    expectRow(tables.quarantine(), partition, place, event, visitor);
  }

  private static void expectRow(
      JudgedTable table, Partition partition, long place, EventRecord event, RowVisitor visitor) {
    setDay(table, event);
    visitor.expected(table, partition, place, 0, table.counted(false));
  }

  /** That of a time which the sender set follows from a tolerance in the job's settings. */
  private static void setDay(JudgedTable table, EventRecord event) {
    int day = table.expected().placeOf("enqueuedDate");
    if (event.timeIsSenders) {
      table.expected().setNull(day);
    } else {
      table.expected().setLong(day, Math.floorDiv(event.enqueuedTime, DAY_MILLIS));
    }
  }

  private void visitFound(JudgedTable table, RowVisitor visitor, Predicate<DataFile> files) {
    Map<String, List<DataFile>> byDay =
        lake.files(table.table()).stream()
            .filter(files)
            .collect(
                Collectors.groupingBy(
                    file -> file.partition().get(table.table().partitionColumns().get(0))));
    FoundRows found = foundRows(table, visitor);
    byDay.forEach(
        (day, ofDay) -> {
          progress.more(ofDay.stream().mapToLong(DataFile::rows).sum());
          table.stored().setDay(LocalDate.parse(day));
          lake.tables()
              .get(table.table())
              .read(
                  ofDay,
                  table.stored().names(),
                  row -> {
                    progress.row();
                    found.row(row);
                  });
        });
  }

  private FoundRows foundRows(JudgedTable table, RowVisitor visitor) {
    return new FoundRows(
        table,
        new StoredPlace(table.stored(), partitions, places),
        visitor,
        (partition, place) ->
            accounted.isAudited(partition, place)
                && !ofFirstRelease.contains(partition, place)
                && (isOfRejected(table) || !unexplained.contains(partition, place))
                && visitor.wants(partition, places.offset(place))
                && (table != tables.verdicts() || verdicts.isRepeatable(partition, place)),
        accounted::isRedriven);
  }

  private boolean isOfRejected(JudgedTable table) {
    return table == tables.quarantine() || table == tables.verdicts();
  }

  /** The rows of a table as they are. */
  private static final class FoundRows {

    private final JudgedTable table;
    private final StoredPlace at;
    private final RowVisitor visitor;
    private final Selected selected;
    private final Selected redriven;
    private final int flags;
    private final int windowStart;
    private final int windowEnd;
    private final int timestampType;

    interface Selected {
      boolean test(Partition partition, long place);
    }

    FoundRows(
        JudgedTable table,
        StoredPlace at,
        RowVisitor visitor,
        Selected selected,
        Selected redriven) {
      this.table = table;
      this.at = at;
      this.visitor = visitor;
      this.selected = selected;
      this.redriven = redriven;
      this.flags = table.stored().placeOf("qualityFlags");
      this.windowStart = table.stored().placeOf("windowStart");
      this.windowEnd = table.stored().placeOf("windowEnd");
      this.timestampType = table.stored().placeOf("timestampType");
    }

    void row(RowCursor row) {
      Partition partition = at.partition(row);
      long place = at.place(row);
      if (!isOfSize(row) || !selected.test(partition, place)) {
        return;
      }
      table.stored().read(row);
      boolean isRedriven = false;
      if (flags >= 0) {
        isRedriven = redriven.test(partition, place);
        leaveAgeOut(row.text(flags));
      } else if (RawRecord.SENDER_TIME.equals(row.text(timestampType))) {
        table.found().setNull(table.found().placeOf("enqueuedDate"));
      }
      visitor.found(table, partition, place, table.counted(isRedriven));
    }

    private boolean isOfSize(RowCursor row) {
      return table.windowSize() == 0
          || row.bigint(windowEnd) - row.bigint(windowStart) == table.windowSize();
    }

    /** How old an event may be is in the job's settings. */
    private void leaveAgeOut(String text) {
      if (text == null) {
        return;
      }
      String rest =
          Stream.of(text.split(",", -1))
              .filter(flag -> !flag.startsWith(RejectReason.PAST_EVENT_TIME.name()))
              .collect(Collectors.joining(","));
      int column = table.found().placeOf("qualityFlags");
      if (rest.isEmpty()) {
        table.found().setNull(column);
      } else {
        table.found().setText(column, rest);
      }
    }
  }
}
