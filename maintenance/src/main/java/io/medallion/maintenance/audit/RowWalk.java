package io.medallion.maintenance.audit;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.audit.derive.RowValues;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Visits the rows that bronze's records say there should be, and then those that are there. */
final class RowWalk {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final String ENQUEUED_TIME = "enqueuedTime";

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
  private final int enqueuedDate;
  private final EventRecord record = new EventRecord();

  /** Rows of the first release lack some of what a record is. */
  private final Offsets ofFirstRelease = new Offsets();

  /** Events of silver that none of the lake's contracts takes for valid. */
  private final Offsets unexplained = new Offsets();

  /** Events of quarantine whose verdict is not compared. */
  private final Offsets unrepeated = new Offsets();

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
    this.enqueuedDate = tables.quarantine().expected().placeOf("enqueuedDate");
  }

  /**
   * Visits rows.
   *
   * @param files selects those that may have rows of interest
   * @param misplaced takes events that are in silver or quarantine, and should not be
   */
  void visit(RowVisitor visitor, Predicate<DataFile> files, Misplaced misplaced) {
    Predicate<DataFile> selected = files.and(file -> file.mayHold(ENQUEUED_TIME, range));
    TableDefinition bronze = lake.definitions().bronze();
    read(
        bronze,
        lake.files(bronze).stream().filter(selected).toList(),
        StoredRecord.BRONZE_COLUMNS,
        row -> bronze(row, visitor, misplaced));
    tables.all().forEach(table -> visitFound(table, visitor, selected));
  }

  private void read(
      TableDefinition table,
      List<DataFile> files,
      List<String> columns,
      Consumer<RowCursor> reader) {
    if (!files.isEmpty()) {
      progress.more(files.stream().mapToLong(DataFile::rows).sum());
      lake.tables()
          .get(table)
          .read(
              files,
              columns,
              row -> {
                progress.row();
                reader.accept(row);
              });
    }
  }

  private void bronze(RowCursor row, RowVisitor visitor, Misplaced misplaced) {
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
    StoredRecord.readBronze(row, record);
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
    boolean isRepeatable = verdicts.isRepeatable(partition, place, event);
    boolean isValid = event.isValid();
    if (isRepeatable && isValid) {
      misplaced.event(partition, place, "is in quarantine, and valid by the same rules");
    } else if (!isValid && verdicts.isOfAge(partition, place)) {
      misplaced.event(
          partition,
          place,
          "is in quarantine for its time, and by the same rules %s: %s"
              .formatted(event.reasonCode(), event.detail));
    }
    if (isValid) {
      // What quarantine has of the record is the same whatever the reason.
      event.reject(RejectReason.FUTURE_EVENT_TIME, "");
    }
    candidates.get(0).quarantine(event);
    if (isValid) {
      event.reason = null;
    }
    boolean isExempt = isValid || !isRepeatable;
    if (isExempt) {
      unrepeated.add(partition, place);
    }
    setDay(event);
    visitor.expected(
        tables.quarantine(), partition, place, 0, tables.quarantine().counted(isExempt));
  }

  /** That of a time which the sender set follows from a tolerance in the job's settings. */
  private void setDay(EventRecord event) {
    RowValues expected = tables.quarantine().expected();
    if (event.timeIsSenders) {
      expected.setNull(enqueuedDate);
    } else {
      expected.setLong(enqueuedDate, Math.floorDiv(event.enqueuedTime, DAY_MILLIS));
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
          table.stored().setDay(LocalDate.parse(day));
          read(table.table(), ofDay, table.stored().names(), found::row);
        });
  }

  private FoundRows foundRows(JudgedTable table, RowVisitor visitor) {
    boolean isOfEvents = table != tables.quarantine();
    return new FoundRows(
        table,
        new StoredPlace(table.stored(), partitions, places),
        visitor,
        (partition, place) ->
            accounted.isAudited(partition, place)
                && !ofFirstRelease.contains(partition, place)
                && !(isOfEvents && unexplained.contains(partition, place))
                && visitor.wants(partition, places.offset(place)),
        isOfEvents ? accounted::isRedriven : unrepeated::contains);
  }
}
