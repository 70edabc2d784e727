package io.medallion.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.transaction.CreateTableTransactionBuilder;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.transaction.UpdateTableTransactionBuilder;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Delta log of one table, as one sink sees it. All use of Delta Kernel's write path is here.
 *
 * <p>What a sink leaves in the log: with every commit a {@code txn} action, application {@code
 * <sink>/<epoch>}, version = checkpoint id, which makes a commit idempotent; and, in the first
 * commit of an epoch, the table property {@code delta-sink.<sink>.epoch}, which names the epoch
 * that owns the table. Both are found in any snapshot, however much of the log was cleaned up.
 *
 * <p>Not thread-safe, but {@link Engine} is, so post-commit work may run elsewhere.
 */
final class TableLog {

  private static final Logger LOG = LoggerFactory.getLogger(TableLog.class);
  private static final String ENGINE_INFO = "medallion-delta-sink";

  private final TableSpec table;
  private final StructType schema;
  private final String sinkName;
  private final Engine engine;

  TableLog(TableSpec table, String sinkName) {
    this.table = table;
    this.schema = DeltaSchemas.toDelta(table.rowType());
    this.sinkName = sinkName;
    this.engine = DefaultEngine.create(table.hadoopConfiguration());
  }

  Engine engine() {
    return engine;
  }

  /** Reads the newest version from storage. */
  Snapshot load() {
    return TableManager.loadSnapshot(table.path()).build(engine);
  }

  /** Creates the table if there is none; checks schema and partitioning if there is one. */
  void createIfAbsent() {
    Snapshot existing;
    try {
      existing = load();
    } catch (TableNotFoundException absent) {
      try {
        create();
        LOG.info("Created {} with schema {}", table, table.rowType().asSummaryString());
        return;
      } catch (TableAlreadyExistsException | ConcurrentWriteException createdMeanwhile) {
        existing = load();
      }
    }
    requireSameSchema(existing);
  }

  private void create() {
    CreateTableTransactionBuilder builder =
        TableManager.buildCreateTableTransaction(table.path(), schema, ENGINE_INFO)
            .withTableProperties(table.properties());
    if (!table.partitionColumns().isEmpty()) {
      builder =
          builder.withDataLayoutSpec(
              DataLayoutSpec.partitioned(
                  table.partitionColumns().stream().map(Column::new).toList()));
    }
    builder.build(engine).commit(engine, CloseableIterable.emptyIterable());
  }

  private void requireSameSchema(Snapshot snapshot) {
    if (!snapshot.getSchema().equivalent(schema)) {
      throw new TableConflictException(
          table
              + " exists with another schema. The table has "
              + snapshot.getSchema()
              + ", the sink writes "
              + schema
              + ". Change one of them, or let the sink write to another path.");
    }
    if (!snapshot.getPartitionColumnNames().equals(table.partitionColumns())) {
      throw new TableConflictException(
          table
              + " is partitioned by "
              + snapshot.getPartitionColumnNames()
              + ", the sink by "
              + table.partitionColumns()
              + ". Use the table's partitioning, or let the sink write to another path.");
    }
  }

  /** The last checkpoint that the given epoch of this sink committed. */
  OptionalLong lastCheckpoint(Snapshot snapshot, String epoch) {
    return snapshot
        .getLatestTransactionVersion(engine, applicationId(epoch))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** The epoch that wrote last through a sink of this name. */
  Optional<String> owner(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getTableProperties().get(ownerProperty()));
  }

  /**
   * Throws unless everything this sink has in the table belongs to the past of a run that was
   * restored from the given checkpoint (0: from none).
   */
  void requirePastOf(Lineage lineage, long restoredCheckpointId) {
    requirePastOf(load(), lineage, restoredCheckpointId);
  }

  void requirePastOf(Snapshot snapshot, Lineage lineage, long restoredCheckpointId) {
    Optional<String> owner = owner(snapshot);
    if (owner.isEmpty()) {
      return;
    }
    OptionalLong knownUpTo =
        owner.get().equals(lineage.epoch())
            ? OptionalLong.of(restoredCheckpointId)
            : lineage.leftAt(owner.get());
    OptionalLong committed = lastCheckpoint(snapshot, owner.get());
    if (knownUpTo.isEmpty()) {
      throw new TableConflictException(
          String.format(
              "%s (version %d) was last written by epoch %s of sink '%s', checkpoint %s, which is"
                  + " not in the past of this run (epoch %s, restored from %s). Either another copy"
                  + " of the job has taken the table over: stop one of them. Or the job was started"
                  + " without its state: start it from its latest checkpoint or savepoint, or let"
                  + " it write to another path.",
              table,
              snapshot.getVersion(),
              owner.get(),
              sinkName,
              committed.isPresent() ? committed.getAsLong() : "unknown",
              lineage.epoch(),
              lineage.ancestors().isEmpty() ? "nothing" : lineage.ancestors()));
    }
    if (committed.isPresent() && committed.getAsLong() > knownUpTo.getAsLong()) {
      throw new TableConflictException(
          String.format(
              "%s (version %d) is ahead of the job: epoch %s of sink '%s' committed up to checkpoint"
                  + " %d, but the job was restored from checkpoint %d. Going on would write the data"
                  + " in between twice. Restore from the latest checkpoint or savepoint, or let the"
                  + " job write to another path.",
              table,
              snapshot.getVersion(),
              owner.get(),
              sinkName,
              committed.getAsLong(),
              knownUpTo.getAsLong()));
    }
  }

  /**
   * Tries once to append the committable's files as the version after the snapshot's:
   * put-if-absent, with no conflict resolution by Kernel. Any exception leaves the outcome open;
   * read the log anew to learn it.
   *
   * @param claim whether this commit makes the committable's epoch the owner of the table
   */
  TransactionCommitResult append(Snapshot snapshot, DeltaCommittable committable, boolean claim) {
    UpdateTableTransactionBuilder builder =
        snapshot
            .buildUpdateTableTransaction(ENGINE_INFO, Operation.STREAMING_UPDATE)
            .withMaxRetries(0);
    String epoch = committable.lineage().epoch();
    if (claim) {
      builder = builder.withTablePropertiesAdded(Map.of(ownerProperty(), epoch));
    }
    Transaction transaction = builder.build(engine);
    List<Row> actions = new ArrayList<>();
    // Not through withTransactionId: that would read the log back to its last checkpoint at every
    // commit. The committer has looked the transaction up whenever that is needed.
    actions.add(
        SingleAction.createTxnSingleAction(
            new SetTransaction(
                    applicationId(epoch),
                    committable.checkpointId(),
                    Optional.of(System.currentTimeMillis()))
                .toRow()));
    for (DataFile file : committable.files()) {
      actions.add(SingleAction.createAddFileSingleAction(addFile(file)));
    }
    return transaction.commit(
        engine, CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
  }

  /**
   * The file's {@code add} action. Its statistics go in as they are: read and written again by
   * Kernel's {@code DataFileStatistics}, decimals would pass through a double.
   */
  private static Row addFile(DataFile file) {
    Map<Integer, Object> fields = new HashMap<>();
    StructType add = AddFile.FULL_SCHEMA;
    fields.put(add.indexOf("path"), new Path(file.path()).toUri().toString());
    fields.put(
        add.indexOf("partitionValues"), VectorUtils.stringStringMapValue(file.partitionValues()));
    fields.put(add.indexOf("size"), file.size());
    fields.put(add.indexOf("modificationTime"), file.modificationTime());
    fields.put(add.indexOf("dataChange"), true);
    fields.put(add.indexOf("stats"), file.statistics());
    return new GenericRow(add, fields);
  }

  private String applicationId(String epoch) {
    return sinkName + "/" + epoch;
  }

  private String ownerProperty() {
    return "delta-sink." + sinkName + ".epoch";
  }
}
