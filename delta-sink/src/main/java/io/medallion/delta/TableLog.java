package io.medallion.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.hook.CheckpointHook;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.transaction.CreateTableTransactionBuilder;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Delta log of one table, as one sink reads and writes it: what Delta Kernel is used for.
 *
 * <p>What a sink leaves in the log: with every commit a {@code txn} action, application {@code
 * <sink>/<epoch>}, version = checkpoint id, which makes a commit idempotent; and table properties
 * that name the run that owns the table ({@link Lineage#toProperties}). Both are in every snapshot,
 * however much of the log was cleaned up.
 *
 * <p>Every commit is one attempt, put-if-absent of the version after the given snapshot's, without
 * conflict resolution. Any exception leaves the outcome open; reading the log anew tells it.
 */
final class TableLog {

  private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);
  private static final StructType TRANSACTIONS =
      new StructType().add("txn", SetTransaction.FULL_SCHEMA);
  private static final String OWNERS_BEFORE = "before";

  /** A run that crashes and starts again is found out as long as no more took the table over. */
  private static final int MOST_OWNERS_BEFORE = 16;

  private static final String ENGINE_INFO = "medallion-delta-sink";

  private final TableSpec table;
  private final StructType schema;
  private final String sinkName;
  private final Engine engine;

  TableLog(TableSpec table, String sinkName) {
    FormatLocale.ensureDigits();
    this.table = table;
    this.schema = DeltaSchemas.toDelta(table.rowType());
    this.sinkName = sinkName;
    this.engine = FileNamingEngine.create(LocalCommits.configure(table.hadoopConfiguration()));
  }

  Engine engine() {
    return engine;
  }

  /** The schema that the sink writes. */
  StructType schema() {
    return schema;
  }

  /** Reads the newest version from storage; throws {@link TableNotFoundException}. */
  Snapshot load() {
    return TableManager.loadSnapshot(table.path()).build(engine);
  }

  /**
   * Reads the newest version for commits to follow. Kernel keeps a commit's cost constant only if
   * it knows the table's checksum; otherwise each would read the log back to its last checkpoint.
   * So a checksum that is missing (another writer's commit, a failed write) is made up for, once.
   */
  Snapshot loadForCommits() {
    Snapshot snapshot;
    try {
      snapshot = load();
    } catch (TableNotFoundException absent) {
      throw gone();
    }
    if (snapshot.getCurrentCrcInfo().isPresent()) {
      return snapshot;
    }
    try {
      snapshot.writeChecksum(engine, Snapshot.ChecksumWriteMode.FULL);
      return load();
    } catch (IOException | RuntimeException failure) {
      LOG.warn("No checksum of {} version {}", table, snapshot.getVersion(), failure);
      return snapshot;
    }
  }

  /** The version of the log checkpoint that a snapshot was read from. */
  OptionalLong lastLogCheckpoint(Snapshot snapshot) {
    return ((SnapshotImpl) snapshot)
        .getLogSegment()
        .getCheckpointVersionOpt()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** What to throw if a table that was written before has no log any more. */
  TableConflictException gone() {
    return new TableConflictException(
        table
            + " is gone: there is no Delta log, but the job's state says that it wrote to the table."
            + " Bring the table back, or start the job without that state to begin a new one.");
  }

  /** Reads an older version; its commits or a checkpoint before it must still be there. */
  Snapshot load(long version) {
    return TableManager.loadSnapshot(table.path()).atVersion(version).build(engine);
  }

  /**
   * Creates the table.
   *
   * @param meaning properties that say what its rows mean
   */
  void create(Map<String, String> meaning) {
    Map<String, String> properties = new HashMap<>(LogCleanup.DEFAULT_PROPERTIES);
    properties.putAll(table.properties());
    properties.putAll(meaning);
    CreateTableTransactionBuilder builder =
        TableManager.buildCreateTableTransaction(table.path(), schema, ENGINE_INFO)
            .withMaxRetries(0)
            .withTableProperties(properties);
    if (!table.partitionColumns().isEmpty()) {
      builder =
          builder.withDataLayoutSpec(
              DataLayoutSpec.partitioned(
                  table.partitionColumns().stream().map(Column::new).toList()));
    }
    finish(builder.build(engine).commit(engine, CloseableIterable.emptyIterable()));
  }

  /**
   * Does what Delta wants done after a commit: a log checkpoint if it is due, and the checksum (see
   * {@link #loadForCommits}). A failure is logged: the table is right without.
   */
  void finish(TransactionCommitResult result) {
    LogMaintenance.due(result).forEach(hook -> run(hook, result.getVersion()));
  }

  /**
   * As {@link #finish(TransactionCommitResult)}, for a version of which Kernel does not know all.
   */
  void finish(long version) {
    try {
      Snapshot now = loadForCommits();
      if (version % TableConfig.CHECKPOINT_INTERVAL.fromMetadata(now.getMetadata()) == 0) {
        run(new CheckpointHook(now.getDataPath(), version), version);
      }
    } catch (RuntimeException failure) {
      LOG.warn("The log of {} could not be read after version {}", table, version, failure);
    }
  }

  private void run(PostCommitHook hook, long version) {
    try {
      hook.threadSafeInvoke(engine);
    } catch (IOException | RuntimeException failure) {
      LOG.warn(
          "{} of {} version {} failed; the table is right without it",
          hook.getType(),
          table,
          version,
          failure);
    }
  }

  /** The run that owns the table. */
  Optional<Lineage> owner(Snapshot snapshot) {
    return Lineage.fromProperties(
        sinkName, snapshot.getMetadata().getId(), snapshot.getTableProperties());
  }

  /**
   * All that the sink has committed, in one pass over the log.
   *
   * @param owner of the table
   */
  SinkCommits commits(Snapshot snapshot, Lineage owner) {
    Map<String, Long> committed = new LinkedHashMap<>();
    try (ActionsIterator actions =
        new ActionsIterator(
            engine,
            ((SnapshotImpl) snapshot).getLogSegment().allLogFilesReversed(),
            TRANSACTIONS,
            Optional.empty())) {
      // The newest first.
      while (actions.hasNext()) {
        ColumnarBatch batch = actions.next().getColumnarBatch();
        for (int row = 0; row < batch.getSize(); row++) {
          SetTransaction txn = SetTransaction.fromColumnVector(batch.getColumnVector(0), row);
          if (txn != null && txn.getAppId().startsWith(applicationPrefix())) {
            committed.putIfAbsent(
                txn.getAppId().substring(applicationPrefix().length()), txn.getVersion());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the log of " + table, e);
    }
    committed.values().removeIf(checkpointId -> checkpointId <= 0);
    return SinkCommits.of(committed, sinkName, snapshot.getTableProperties(), owner);
  }

  /** The epochs that owned the table before its owner, the last ones, newest first. */
  List<String> ownersBefore(Snapshot snapshot) {
    String before =
        snapshot.getTableProperties().getOrDefault(Lineage.key(sinkName, OWNERS_BEFORE), "");
    return before.isEmpty() ? List.of() : List.of(before.split(",", -1));
  }

  /** The table properties that name a run as the owner after the present one. */
  private Map<String, String> ownership(Snapshot snapshot, Lineage lineage) {
    List<String> before = new ArrayList<>();
    owner(snapshot).ifPresent(owner -> before.add(owner.epoch()));
    before.addAll(ownersBefore(snapshot));
    Map<String, String> properties = new HashMap<>(lineage.toProperties(sinkName));
    properties.put(
        Lineage.key(sinkName, OWNERS_BEFORE),
        before.stream().limit(MOST_OWNERS_BEFORE).collect(Collectors.joining(",")));
    return properties;
  }

  /** The last checkpoint that the given epoch of this sink committed; 0 is that of a rollback. */
  OptionalLong lastCheckpoint(Snapshot snapshot, String epoch) {
    return snapshot
        .getLatestTransactionVersion(engine, applicationId(epoch))
        .filter(checkpointId -> checkpointId > 0)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /**
   * The log's entry of a version up to the snapshot's; empty if the log was cleaned up to there.
   */
  Optional<LogEntry> entry(Snapshot snapshot, long version) {
    return LogEntry.read(engine, snapshot, version, applicationPrefix());
  }

  /** Whether a version up to the snapshot's is there, and was made by this transaction. */
  boolean isOf(String transactionId, Snapshot snapshot, long version) {
    Optional<LogEntry> entry =
        version > snapshot.getVersion() ? Optional.empty() : entry(snapshot, version);
    return entry.filter(found -> found.transactionId().equals(transactionId)).isPresent();
  }

  /** Tries to append the committable's files. */
  TransactionCommitResult append(Snapshot snapshot, DeltaCommittable committable) {
    LocalDisk.force(snapshot.getDataPath(), committable.files());
    List<Row> actions = new ArrayList<>();
    // Not through withTransactionId: that would read the log back to its last checkpoint at every
    // commit. The committer has looked the transaction up whenever that is needed.
    actions.add(transaction(committable.id()));
    for (DataFile file : committable.files()) {
      actions.add(SingleAction.createAddFileSingleAction(addFile(file, true)));
    }
    return commit(snapshot, Operation.STREAMING_UPDATE, Map.of(), actions);
  }

  private Row transaction(CommitId commit) {
    return SingleAction.createTxnSingleAction(
        new SetTransaction(
                applicationId(commit.epoch()),
                commit.checkpointId(),
                Optional.of(System.currentTimeMillis()))
            .toRow());
  }

  /** Tries to make the lineage the table's owner. */
  void claim(Snapshot snapshot, Lineage lineage) {
    finish(commit(snapshot, Operation.MANUAL_UPDATE, ownership(snapshot, lineage), List.of()));
  }

  /** As {@link #claim(Snapshot, Lineage)}; also says what of the sink's commits is undone. */
  void claim(Snapshot snapshot, Lineage lineage, SinkCommits commits) {
    claim(snapshot, lineage, commits, List.of());
  }

  /**
   * Tries to make the lineage the table's owner and to undo what is not in its past. The run's
   * {@code txn} of checkpoint 0 says that this was done by it: for a run that does not go back to
   * this one it is a commit like others.
   *
   * @param commits as after the rollback
   */
  void claim(Snapshot snapshot, Lineage lineage, SinkCommits commits, Rollback rollback) {
    List<Row> actions = new ArrayList<>(rollback.actions());
    actions.add(transaction(new CommitId(lineage.epoch(), 0)));
    claim(snapshot, lineage, commits, actions);
  }

  private void claim(Snapshot snapshot, Lineage lineage, SinkCommits commits, List<Row> actions) {
    Map<String, String> properties = ownership(snapshot, lineage);
    properties.putAll(commits.toProperties(sinkName));
    finish(commit(snapshot, Operation.MANUAL_UPDATE, properties, actions));
  }

  /**
   * Tries to give the table another schema, and some properties. Kernel itself changes a schema
   * with column mapping only.
   */
  void changeMetadata(Snapshot snapshot, StructType newSchema, Map<String, String> properties) {
    Metadata metadata =
        snapshot.getMetadata().withNewSchema(newSchema).withMergedConfiguration(properties);
    TransactionCommitResult result =
        commit(
            snapshot,
            Operation.MANUAL_UPDATE,
            Map.of(),
            List.of(SingleAction.createMetadataSingleAction(metadata.toRow())));
    // Not by Kernel's hooks: their checksum has the metadata that its transaction began with.
    finish(result.getVersion());
  }

  private TransactionCommitResult commit(
      Snapshot snapshot, Operation operation, Map<String, String> properties, List<Row> actions) {
    var builder = snapshot.buildUpdateTableTransaction(ENGINE_INFO, operation).withMaxRetries(0);
    if (!properties.isEmpty()) {
      builder = builder.withTablePropertiesAdded(properties);
    }
    return builder
        .build(engine)
        .commit(
            engine,
            CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
  }

  /**
   * Tries to make a version in which some files stand for others with the same rows.
   *
   * @param transactionId tells this commit from those of others ({@link LogEntry#transactionId})
   */
  void rearrange(
      Snapshot snapshot, Collection<AddFile> replaced, List<DataFile> files, String transactionId) {
    LocalDisk.force(snapshot.getDataPath(), files);
    write(
        snapshot,
        commitInfo(
            "OPTIMIZE",
            Map.of("predicate", "[]", "zOrderBy", "[]"),
            transactionId,
            Map.of(
                "numAddedFiles", Long.toString(files.size()),
                "numAddedBytes", Long.toString(sum(files, DataFile::size)),
                "numRemovedFiles", Long.toString(replaced.size()),
                "numRemovedBytes", Long.toString(sum(replaced, AddFile::getSize)))),
        Stream.concat(
            removals(replaced, false),
            files.stream()
                .map(file -> addFile(file, false))
                .map(SingleAction::createAddFileSingleAction)));
  }

  /**
   * Tries to make a version without some files, and so without their rows.
   *
   * @param predicate what holds of these rows and of no others, for people
   * @param properties that the table gets
   * @param transactionId as of {@link #rearrange}
   */
  void delete(
      Snapshot snapshot,
      Collection<AddFile> files,
      String predicate,
      Map<String, String> properties,
      String transactionId) {
    Metadata metadata = snapshot.getMetadata().withMergedConfiguration(properties);
    write(
        snapshot,
        commitInfo(
            "DELETE",
            Map.of("predicate", predicate),
            transactionId,
            Map.of(
                "numRemovedFiles", Long.toString(files.size()),
                "numRemovedBytes", Long.toString(sum(files, AddFile::getSize)),
                "numDeletedRows",
                    Long.toString(sum(files, file -> file.getNumRecords().orElse(0L))))),
        Stream.concat(
            Stream.of(SingleAction.createMetadataSingleAction(metadata.toRow())),
            removals(files, true)));
  }

  private static CommitInfo commitInfo(
      String operation,
      Map<String, String> parameters,
      String transactionId,
      Map<String, String> metrics) {
    return new CommitInfo(
        Optional.empty(),
        System.currentTimeMillis(),
        Optional.of(ENGINE_INFO),
        Optional.of(operation),
        parameters,
        Optional.of(false),
        Optional.of(transactionId),
        metrics);
  }

  private static Stream<Row> removals(Collection<AddFile> files, boolean dataChange) {
    return files.stream()
        .map(file -> file.toRemoveFileRow(dataChange, Optional.empty()))
        .map(SingleAction::createRemoveFileSingleAction);
  }

  /** Puts the next version, without Kernel's transaction, which has no such operations. */
  private void write(Snapshot snapshot, CommitInfo info, Stream<Row> actions) {
    String entry = FileNames.deltaFile(snapshot.getLogPath(), snapshot.getVersion() + 1);
    Stream<Row> all =
        Stream.concat(Stream.of(SingleAction.createCommitInfoSingleAction(info.toRow())), actions);
    try {
      engine
          .getJsonHandler()
          .writeJsonFileAtomically(entry, Utils.toCloseableIterator(all.iterator()), false);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + entry, e);
    }
  }

  private static <F> long sum(Collection<F> files, ToLongFunction<F> number) {
    return files.stream().mapToLong(number).sum();
  }

  /** The files that a version consists of, by path and deletion vector. */
  Map<String, AddFile> files(Snapshot snapshot) {
    Map<String, AddFile> files = new LinkedHashMap<>();
    forEachFile(
        snapshot,
        scanFile -> {
          AddFile file = addFile(scanFile);
          files.put(key(file), file);
        });
    return files;
  }

  /**
   * Hands the files that a version consists of to a reader, as Kernel's scan describes them, with
   * statistics. A description holds a whole batch of them in memory.
   */
  void forEachFile(Snapshot snapshot, Consumer<Row> reader) {
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(reader);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the files of " + snapshot.getPath(), e);
    }
  }

  static AddFile addFile(Row scanFile) {
    return new AddFile(scanFile.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
  }

  /** Tells a file from the others of a version. */
  static String key(AddFile file) {
    return file.getPath() + file.getDeletionVector();
  }

  /**
   * The file's {@code add} action. Its statistics go in as they are: read and written again by
   * Kernel's {@code DataFileStatistics}, decimals would pass through a double.
   */
  private static Row addFile(DataFile file, boolean dataChange) {
    Map<Integer, Object> fields = new HashMap<>();
    StructType add = AddFile.FULL_SCHEMA;
    fields.put(add.indexOf("path"), new Path(file.path()).toUri().toString());
    fields.put(
        add.indexOf("partitionValues"), VectorUtils.stringStringMapValue(file.partitionValues()));
    fields.put(add.indexOf("size"), file.size());
    fields.put(add.indexOf("modificationTime"), file.modificationTime());
    fields.put(add.indexOf("dataChange"), dataChange);
    fields.put(add.indexOf("stats"), file.statistics());
    return new GenericRow(add, fields);
  }

  /** The {@code add} action that brings a file of an older version back, as a change of rows. */
  static Row addAgain(AddFile file) {
    Row before = file.toRow();
    Map<Integer, Object> fields = new HashMap<>();
    StructType add = AddFile.FULL_SCHEMA;
    fields.put(add.indexOf("path"), file.getPath());
    fields.put(add.indexOf("partitionValues"), file.getPartitionValues());
    fields.put(add.indexOf("size"), file.getSize());
    fields.put(add.indexOf("modificationTime"), file.getModificationTime());
    fields.put(add.indexOf("dataChange"), true);
    file.getTags().ifPresent(tags -> fields.put(add.indexOf("tags"), tags));
    file.getDeletionVector()
        .ifPresent(vector -> fields.put(add.indexOf("deletionVector"), vector.toRow()));
    file.getBaseRowId().ifPresent(id -> fields.put(add.indexOf("baseRowId"), id));
    file.getDefaultRowCommitVersion()
        .ifPresent(version -> fields.put(add.indexOf("defaultRowCommitVersion"), version));
    int statistics = before.getSchema().indexOf("stats");
    if (statistics >= 0 && !before.isNullAt(statistics)) {
      fields.put(add.indexOf("stats"), before.getString(statistics));
    }
    return new GenericRow(add, fields);
  }

  /** The application of an epoch's {@code txn} actions. */
  private String applicationId(String epoch) {
    return applicationPrefix() + epoch;
  }

  /** What the applications of all of this sink's {@code txn} actions start with. */
  String applicationPrefix() {
    return sinkName + "/";
  }
}
