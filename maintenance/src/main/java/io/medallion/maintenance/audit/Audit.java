package io.medallion.maintenance.audit;

import io.medallion.job.rules.Rules;
import io.medallion.maintenance.copies.RowFingerprint;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TimeRange;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All checks on the tables of a lake at one checkpoint. Each table is read once (of gold, the
 * windows' times twice; of bronze and silver, where rows have to be told from duplicates, two
 * columns once more), and no row is kept.
 */
final class Audit {

  private final LakeVersion lake;
  private final TimeRange range;
  private final Progress progress;

  Audit(LakeVersion lake, TimeRange range, PrintStream progress) {
    this.lake = lake;
    this.range = range;
    long total = 0;
    for (TableDefinition table : lake.definitions().all()) {
      total += lake.rows(table);
    }
    this.progress = new Progress(progress, total);
  }

  List<CheckResult> run() {
    TableChecks tableChecks = new TableChecks(lake);
    List<CheckResult> results =
        new ArrayList<>(
            List.of(
                tableChecks.tables(),
                tableChecks.protocol(),
                tableChecks.schema(),
                tableChecks.partitionValues(),
                tableChecks.statistics()));
    // Of tables of another form the rows say nothing.
    if (results.stream().allMatch(CheckResult::holds)) {
      results.addAll(rows());
    }
    return List.copyOf(results);
  }

  private List<CheckResult> rows() {
    Partitions partitions = new Partitions();
    Expired removedFromBronze = lake.expired(lake.definitions().bronze());
    // Also of a hub of which bronze has no row any more.
    removedFromBronze
        .offsets()
        .keySet()
        .forEach(p -> partitions.ofBronze(p.eventHub(), p.number()));
    BronzeOffsets bronze = new BronzeOffsets(range, partitions);
    read(lake.definitions().bronze(), BronzeOffsets.COLUMNS, bronze::row);
    GapRows gaps = new GapRows(partitions);
    readAll(lake.definitions().gaps(), GapRows.COLUMNS, gaps::row);
    EventPlaces places = EventPlaces.of(lake.definitions().contract());
    AccountedEvents accounted =
        new AccountedEvents(
            range,
            partitions,
            places,
            events(bronze, partitions, places),
            removedFromBronze,
            lake.expired(lake.definitions().quarantine()));
    read(
        lake.definitions().quarantine(), AccountedEvents.QUARANTINE_COLUMNS, accounted::quarantine);
    LateRows late =
        new LateRows(
            range,
            partitions,
            places,
            lake.expired(lake.definitions().silver()),
            lake.expired(lake.definitions().late()));
    readAll(lake.definitions().late(), LateRows.COLUMNS, late::row);
    Scope scope = new Scope(lake, range, partitions, places, progress);
    List<CheckResult> windows = new WindowPass(scope, accounted, late).run();

    List<CheckResult> results =
        new ArrayList<>(
            List.of(
                bronze.result(gaps, removedFromBronze),
                accounted.result(copies(accounted.missing(), partitions, places)),
                late.result(accounted.silver())));
    results.addAll(windows);
    results.add(rederived(scope, accounted, late));
    results.add(new StatisticsCheck(lake, range, progress).result());
    return results;
  }

  private CheckResult rederived(Scope scope, AccountedEvents accounted, LateRows late) {
    int version = Rules.of(lake.definitions().contract()).version();
    QuarantineVerdicts verdicts =
        new QuarantineVerdicts(scope.partitions(), scope.places(), version);
    progress.more(lake.rows(lake.definitions().quarantine()));
    readAll(lake.definitions().quarantine(), QuarantineVerdicts.COLUMNS, verdicts::row);
    return new RederivedRows(scope, accounted, late, verdicts).result();
  }

  /** The places of bronze's events: where a record may hold several, its bodies tell. */
  private Offsets events(BronzeOffsets bronze, Partitions partitions, EventPlaces places) {
    if (!places.several()) {
      return bronze.offsets();
    }
    progress.more(lake.rows(lake.definitions().bronze()));
    BronzeEvents events =
        new BronzeEvents(lake.definitions().contract(), range, partitions, places);
    read(lake.definitions().bronze(), StoredRecord.COLUMNS, events::row);
    return events.places();
  }

  /** Reads bodies of bronze, and ids of silver, only if there are events that are in neither. */
  private Copies copies(Offsets missing, Partitions partitions, EventPlaces places) {
    boolean mayBeOfFirstRelease =
        lake.files(lake.definitions().silver()).stream()
            .anyMatch(file -> file.mayHoldNull("eventHub"));
    RowFingerprint fingerprint = new RowFingerprint(lake.definitions().contract());
    Copies copies =
        new Copies(
            missing,
            partitions,
            places,
            fingerprint,
            mayBeOfFirstRelease,
            lake.expired(lake.definitions().silver()),
            lake.expired(lake.definitions().bronze()));
    if (missing.size() > 0) {
      progress.more(
          lake.rows(lake.definitions().bronze()) + lake.rows(lake.definitions().silver()));
      read(lake.definitions().bronze(), fingerprint.bronzeColumns(), copies::bronze);
      readAll(lake.definitions().silver(), fingerprint.silverColumns(), copies::silver);
      List<DataFile> originals = copies.filesOfOriginals(lake.files(lake.definitions().bronze()));
      progress.more(originals.stream().mapToLong(DataFile::rows).sum());
      read(lake.definitions().bronze(), originals, fingerprint.bronzeColumns(), copies::original);
    }
    return copies;
  }

  private void read(TableDefinition table, List<String> columns, Consumer<RowCursor> reader) {
    read(
        table,
        lake.files(table).stream().filter(file -> file.mayHold("enqueuedTime", range)).toList(),
        columns,
        reader);
  }

  private void readAll(TableDefinition table, List<String> columns, Consumer<RowCursor> reader) {
    read(table, lake.files(table), columns, reader);
  }

  private void read(
      TableDefinition table,
      List<DataFile> files,
      List<String> columns,
      Consumer<RowCursor> reader) {
    if (!files.isEmpty()) {
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
}
