package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.delta.FileNamingEngine;
import io.medallion.job.config.ConfigException;
import io.medallion.job.table.LakeContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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
 *   <li>Unless silver or quarantine has no commit of it and, by the files' row counts, lacks rows
 *       that bronze has: they may be duplicates; or the job stopped between two commits, or storage
 *       is slow. Which one it is only the rows tell, so the checkpoint before, which rule 1 says is
 *       complete, is handed over too. But not if somebody else changed a table since, which would
 *       not be seen then.
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

  /** Where a table of the lake is, whether or not it exists. */
  public TableLocation location(TableKind table) {
    return new TableLocation(table, path(table), settings);
  }

  /**
   * Follows a table from now on.
   *
   * @param rowsAtOnce that are held in memory while a file is read
   */
  public TableTail follow(TableKind table, int rowsAtOnce) {
    Configuration inBatches = new Configuration(hadoop);
    inBatches.setInt(BATCH_SIZE, rowsAtOnce);
    return new TableTail(FileNamingEngine.create(inBatches), path(table), clock);
  }

  /**
   * Chooses the checkpoint and opens the tables, those that there are.
   *
   * @throws InterruptedException if interrupted while waiting for the commits of a checkpoint
   */
  public LakeVersion open() throws InterruptedException {
    Map<TableKind, CommitHistory> tables = load();
    Optional<Checkpoint> newest = newest(tables);
    if (newest.isEmpty()) {
      return openNewest(tables);
    }
    Checkpoint checkpoint = newest.get();
    for (long until = Math.min(checkpoint.committedMillis(), clock.millis()) + REST.toMillis();
        !isComplete(checkpoint, tables) && clock.millis() < until;
        tables = load()) {
      Thread.sleep(PAUSE.toMillis());
    }
    if (isComplete(checkpoint, tables)) {
      // Of a table that was read before the last one, a commit may have come meanwhile.
      return open(checkpoint, load());
    }
    LakeVersion atRest = open(checkpoint, tables);
    return mayBeCutShort(checkpoint, tables, atRest)
        ? new LakeVersion(
            atRest.checkpoint(),
            atRest.tables(),
            Optional.of(open(before(checkpoint, tables), tables)))
        : atRest;
  }

  /** Opens every table as it is now, those that there are: of no common checkpoint. */
  public LakeVersion openNewest() {
    return openNewest(load());
  }

  /** Opens the tables of a lake whose job has ended in peace: as of its last checkpoint. */
  public LakeVersion openAtRest() {
    Map<TableKind, CommitHistory> tables = load();
    return newest(tables).map(last -> open(last, tables)).orElseGet(() -> openNewest(tables));
  }

  private static Optional<Checkpoint> newest(Map<TableKind, CommitHistory> tables) {
    return tables.values().stream()
        .flatMap(table -> table.last().stream())
        .max(Comparator.comparingLong(Checkpoint::committedMillis));
  }

  private Map<TableKind, CommitHistory> load() {
    Map<TableKind, CommitHistory> tables = new EnumMap<>(TableKind.class);
    for (TableKind table : TableKind.values()) {
      CommitHistory.load(engine, path(table), table)
          .ifPresent(history -> tables.put(table, history));
    }
    return tables;
  }

  private static boolean isComplete(Checkpoint checkpoint, Map<TableKind, CommitHistory> tables) {
    return tables.values().stream()
            .anyMatch(table -> table.last().filter(last -> last.isAfter(checkpoint)).isPresent())
        || tables.values().stream().allMatch(table -> has(checkpoint, table));
  }

  private static boolean has(Checkpoint checkpoint, CommitHistory table) {
    return table.last().filter(last -> last.id() == checkpoint.id()).isPresent();
  }

  private static boolean mayBeCutShort(
      Checkpoint checkpoint, Map<TableKind, CommitHistory> tables, LakeVersion version) {
    CommitHistory bronze = tables.get(TableKind.BRONZE);
    CommitHistory silver = tables.get(TableKind.SILVER);
    CommitHistory quarantine = tables.get(TableKind.QUARANTINE);
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
        && version.rows(TableKind.SILVER) + version.rows(TableKind.QUARANTINE)
            < version.rows(TableKind.BRONZE);
  }

  private static Checkpoint before(Checkpoint checkpoint, Map<TableKind, CommitHistory> tables) {
    return tables.values().stream()
        .flatMap(table -> table.lastBefore(checkpoint).stream())
        .max(Comparator.comparingLong(Checkpoint::id))
        .orElse(new Checkpoint(0, 0));
  }

  private LakeVersion open(Checkpoint checkpoint, Map<TableKind, CommitHistory> tables) {
    Map<TableKind, TableVersion> versions = new EnumMap<>(TableKind.class);
    tables.forEach(
        (table, history) -> versions.put(table, open(table, history.versionAt(checkpoint))));
    return new LakeVersion(Optional.of(checkpoint.id()), versions, Optional.empty());
  }

  private LakeVersion openNewest(Map<TableKind, CommitHistory> tables) {
    Map<TableKind, TableVersion> versions = new EnumMap<>(TableKind.class);
    tables.forEach((table, history) -> versions.put(table, open(table, history.newestVersion())));
    return new LakeVersion(Optional.empty(), versions, Optional.empty());
  }

  private TableVersion open(TableKind table, long version) {
    Snapshot snapshot = TableManager.loadSnapshot(path(table)).atVersion(version).build(engine);
    LakeContract.of(snapshot.getTableProperties())
        .map(Contract::name)
        .filter(contract -> !contract.equals(ContractReader.STANDARD))
        .ifPresent(
            contract -> {
              throw new ConfigException(
                  "%s has events of the contract '%s', and this command knows those of the weather only"
                      .formatted(path(table), contract));
            });
    return TableVersion.of(table, engine, snapshot);
  }

  private String path(TableKind table) {
    return root + "/" + table.path();
  }
}
