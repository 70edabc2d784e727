package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.delta.FileNamingEngine;
import io.medallion.job.table.LakeContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The tables of a lake, read all as of one checkpoint of the job while the job goes on writing.
 *
 * <p>Of one checkpoint every table gets at most one commit, and none if it has no row of it. So a
 * table without a commit of the newest checkpoint either has nothing to commit or is about to. The
 * rule by which the checkpoint is chosen:
 *
 * <ol>
 *   <li>The newest checkpoint of all tables is complete when every table has a commit of it, or any
 *       table has one of a later checkpoint: with one checkpoint at a time (Flink's {@code
 *       max-concurrent-checkpoints: 1}) the next one comes about only after every committer has
 *       committed this one. What a table lacks then, it has nothing of.
 *   <li>Otherwise, five seconds after the first commit of it, the lake is taken to be at rest, and
 *       the newest checkpoint to be complete.
 *   <li>Unless silver or quarantine has no commit of it and, by the files' row counts (if no table
 *       had rows removed because they were old), lacks rows that bronze has: they may be
 *       duplicates; or the job stopped between two commits, or storage is slow. Which one it is
 *       only the rows tell, so the checkpoint before, which rule 1 says is complete, is handed over
 *       too. But not if somebody else changed a table since, which would not be seen then.
 * </ol>
 *
 * <p>What this can't tell: a job that died, or a storage that took longer than five seconds,
 * between the commits to silver and to late or gold. The audit then misses rows that the job will
 * commit when it is started again.
 */
public final class Lake {

  private static final Duration REST = Duration.ofSeconds(5);
  private static final String BATCH_SIZE = "delta.kernel.default.parquet.reader.batch-size";
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Those that tell the contract, whatever it is. */
  private static final List<String> TELLING = List.of("silver", "quarantine", "late");

  private final String root;
  private final Map<String, String> settings;
  private final Configuration hadoop;
  private final Engine engine;
  private final Clock clock;

  private Lake(String root, Map<String, String> settings, Configuration hadoop, Clock clock) {
    this.root = root;
    this.settings = settings;
    this.hadoop = hadoop;
    this.engine = FileNamingEngine.create(hadoop);
    this.clock = clock;
  }

  /**
   * Names a lake; nothing is read yet.
   *
   * @param folder a local folder, or the URI of one that Hadoop can read
   */
  public static Lake at(String folder) {
    return at(folder, Map.of());
  }

  /**
   * As {@link #at(String)}, with settings of the file system by Hadoop's names, over those of
   * core-site.xml.
   */
  public static Lake at(String folder, Map<String, String> settings) {
    String root = folder.contains("://") ? folder : "file://" + Path.of(folder).toAbsolutePath();
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    return new Lake(root, settings, hadoop, Clock.systemUTC());
  }

  /** The folder as a URI. */
  public String root() {
    return root;
  }

  /**
   * The tables that the lake has by its contract, as they tell it now; those of the weather if
   * there is none yet.
   *
   * @throws io.medallion.contract.ContractException if they name one that is not known here
   */
  public LakeTables tables() {
    return LakeTables.of(contract());
  }

  /** Whether there is any of the tables that all lakes have. */
  public boolean isThere() {
    return Stream.concat(Stream.of("bronze"), TELLING.stream())
        .anyMatch(table -> properties(table).isPresent());
  }

  private Contract contract() {
    return TELLING.stream()
        .flatMap(table -> properties(table).stream())
        .flatMap(properties -> LakeContract.of(properties).stream())
        .findFirst()
        .orElseGet(ContractReader::standard);
  }

  private Optional<Map<String, String>> properties(String table) {
    try {
      Snapshot newest = TableManager.loadSnapshot(root + "/" + table).build(engine);
      return Optional.of(newest.getTableProperties());
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Where a table of the lake is, whether or not it exists. */
  public TableLocation location(TableDefinition table) {
    return new TableLocation(table, path(table), settings);
  }

  /** The same lake, of whose files so many rows at once are held in memory. */
  public Lake inBatchesOf(int rows) {
    Configuration inBatches = new Configuration(hadoop);
    inBatches.setInt(BATCH_SIZE, rows);
    return new Lake(root, settings, inBatches, clock);
  }

  /** A version of a table. */
  public TableVersion open(TableDefinition table, long version) {
    Snapshot snapshot = TableManager.loadSnapshot(path(table)).atVersion(version).build(engine);
    return TableVersion.of(table, engine, snapshot);
  }

  /**
   * Follows a table from now on.
   *
   * @param rowsAtOnce that are held in memory while a file is read
   */
  public TableTail follow(TableDefinition table, int rowsAtOnce) {
    return new TableTail(inBatchesOf(rowsAtOnce).engine, path(table), clock);
  }

  /**
   * Chooses the checkpoint and opens the tables, those that there are.
   *
   * @throws InterruptedException if interrupted while waiting for the commits of a checkpoint
   */
  public LakeVersion open() throws InterruptedException {
    LakeTables definitions = tables();
    Map<TableDefinition, CommitHistory> tables = load(definitions);
    Optional<Checkpoint> newest = newest(tables);
    if (newest.isEmpty()) {
      return openNewest(definitions, tables);
    }
    Checkpoint checkpoint = newest.get();
    for (long until = Math.min(checkpoint.committedMillis(), clock.millis()) + REST.toMillis();
        !isComplete(checkpoint, tables) && clock.millis() < until;
        tables = load(definitions)) {
      Thread.sleep(PAUSE.toMillis());
    }
    if (isComplete(checkpoint, tables)) {
      // Of a table that was read before the last one, a commit may have come meanwhile.
      return open(checkpoint, definitions, load(definitions));
    }
    LakeVersion atRest = open(checkpoint, definitions, tables);
    return mayBeCutShort(checkpoint, tables, atRest)
        ? new LakeVersion(
            atRest.checkpoint(),
            definitions,
            atRest.tables(),
            Optional.of(open(before(checkpoint, tables), definitions, tables)))
        : atRest;
  }

  /**
   * Opens the tables as they were at a time: of the last checkpoint that all of them had then.
   * Empty if there was none, or a log was cleaned up to there.
   *
   * @throws InterruptedException as {@link #open}
   */
  public Optional<LakeVersion> openAt(Instant time) throws InterruptedException {
    return openLast(checkpoint -> checkpoint.committedMillis() <= time.toEpochMilli());
  }

  /** As {@link #openAt(Instant)}, of the newest checkpoint of that id. */
  public Optional<LakeVersion> openAt(long checkpointId) throws InterruptedException {
    Predicate<Checkpoint> wanted = checkpoint -> checkpoint.id() == checkpointId;
    return openLast(wanted).filter(version -> version.checkpoint().filter(wanted).isPresent());
  }

  /** Of the last one that a condition holds for, in all tables that took it. */
  private Optional<LakeVersion> openLast(Predicate<Checkpoint> wanted) throws InterruptedException {
    LakeVersion newest = open();
    if (newest.checkpoint().filter(wanted).isPresent()) {
      return Optional.of(newest.before().orElse(newest));
    }
    Map<TableDefinition, CommitHistory> tables = load(newest.definitions());
    return newest(tables, wanted)
        .map(last -> wholly(wanted, last, tables) ? last : before(last, tables))
        .filter(checkpoint -> checkpoint.id() > 0)
        .flatMap(checkpoint -> openKnown(checkpoint, newest.definitions(), tables));
  }

  private static boolean wholly(
      Predicate<Checkpoint> wanted,
      Checkpoint checkpoint,
      Map<TableDefinition, CommitHistory> tables) {
    return tables.values().stream()
        .flatMap(table -> table.last(checkpoint::isSame).stream())
        .allMatch(wanted);
  }

  private Optional<LakeVersion> openKnown(
      Checkpoint checkpoint, LakeTables definitions, Map<TableDefinition, CommitHistory> tables) {
    return tables.values().stream().allMatch(table -> table.tells(checkpoint))
        ? Optional.of(open(checkpoint, definitions, tables))
        : Optional.empty();
  }

  /** Opens every table as it is now, those that there are: of no common checkpoint. */
  public LakeVersion openNewest() {
    LakeTables definitions = tables();
    return openNewest(definitions, load(definitions));
  }

  /** Opens the tables of a lake whose job has ended in peace: as of its last checkpoint. */
  public LakeVersion openAtRest() {
    LakeTables definitions = tables();
    Map<TableDefinition, CommitHistory> tables = load(definitions);
    return newest(tables)
        .map(last -> open(last, definitions, tables))
        .orElseGet(() -> openNewest(definitions, tables));
  }

  private static Optional<Checkpoint> newest(Map<TableDefinition, CommitHistory> tables) {
    return newest(tables, any -> true);
  }

  private static Optional<Checkpoint> newest(
      Map<TableDefinition, CommitHistory> tables, Predicate<Checkpoint> wanted) {
    return tables.values().stream()
        .flatMap(table -> table.last(wanted).stream())
        .max(Comparator.comparingLong(Checkpoint::committedMillis));
  }

  private Map<TableDefinition, CommitHistory> load(LakeTables definitions) {
    Map<TableDefinition, CommitHistory> tables = new LinkedHashMap<>();
    for (TableDefinition table : definitions.all()) {
      CommitHistory.load(engine, path(table), table)
          .ifPresent(history -> tables.put(table, history));
    }
    return tables;
  }

  private static boolean isComplete(
      Checkpoint checkpoint, Map<TableDefinition, CommitHistory> tables) {
    return tables.values().stream()
            .anyMatch(table -> table.last().filter(last -> last.isAfter(checkpoint)).isPresent())
        || tables.values().stream().allMatch(table -> has(checkpoint, table));
  }

  private static boolean has(Checkpoint checkpoint, CommitHistory table) {
    return table.last().filter(last -> last.id() == checkpoint.id()).isPresent();
  }

  private static boolean mayBeCutShort(
      Checkpoint checkpoint, Map<TableDefinition, CommitHistory> tables, LakeVersion version) {
    LakeTables definitions = version.definitions();
    CommitHistory bronze = tables.get(definitions.bronze());
    CommitHistory silver = tables.get(definitions.silver());
    CommitHistory quarantine = tables.get(definitions.quarantine());
    if (bronze == null || silver == null || quarantine == null) {
      return false;
    }
    boolean oneLacksCommit = !has(checkpoint, silver) || !has(checkpoint, quarantine);
    boolean changedByOthers =
        tables.values().stream()
            .anyMatch(table -> has(checkpoint, table) && table.isChangedSinceLast());
    return has(checkpoint, bronze)
        && oneLacksCommit
        && !changedByOthers
        // Of records with several events, or where some were removed, the number of rows proves
        // nothing.
        && (definitions.contract().event().hasSeveral()
            || version.tables().values().stream().anyMatch(table -> table.expired().isAnything())
            || version.rows(definitions.silver()) + version.rows(definitions.quarantine())
                < version.rows(definitions.bronze()));
  }

  private static Checkpoint before(
      Checkpoint checkpoint, Map<TableDefinition, CommitHistory> tables) {
    return tables.values().stream()
        .flatMap(table -> table.lastBefore(checkpoint).stream())
        .max(Comparator.comparingLong(Checkpoint::id))
        .orElse(new Checkpoint(0, 0));
  }

  private LakeVersion open(
      Checkpoint checkpoint, LakeTables definitions, Map<TableDefinition, CommitHistory> tables) {
    Map<TableDefinition, TableVersion> versions = new LinkedHashMap<>();
    tables.forEach(
        (table, history) -> versions.put(table, open(table, history.versionAt(checkpoint))));
    return new LakeVersion(Optional.of(checkpoint), definitions, versions, Optional.empty());
  }

  private LakeVersion openNewest(
      LakeTables definitions, Map<TableDefinition, CommitHistory> tables) {
    Map<TableDefinition, TableVersion> versions = new LinkedHashMap<>();
    tables.forEach((table, history) -> versions.put(table, open(table, history.newestVersion())));
    return new LakeVersion(Optional.empty(), definitions, versions, Optional.empty());
  }

  private String path(TableDefinition table) {
    return root + "/" + table.path();
  }
}
