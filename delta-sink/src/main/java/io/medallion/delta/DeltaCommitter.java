package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each committable one version of the table, exactly once.
 *
 * <p>The invariants:
 *
 * <ul>
 *   <li>Committables of one epoch are committed in the order of their checkpoints, so the epoch's
 *       last {@code txn} in the log tells of each whether it was committed.
 *   <li>A commit is put-if-absent of the version after a snapshot that was either read from storage
 *       or is what this committer's own last commit left. Whatever goes wrong, the snapshot is
 *       forgotten, and the outcome read from the log before anything is tried again.
 *   <li>A committable is committed only while its run, or a run that has it in its past, owns the
 *       table. A run that finds the table taken over stops with {@link TableConflictException}.
 *   <li>Nothing is given up: a committable is committed, found committed, or the job fails and
 *       offers it again.
 * </ul>
 */
final class DeltaCommitter implements Committer<DeltaCommittable> {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaCommitter.class);

  private final TableSpec table;
  private final TableOptions options;
  private final CommitMetrics metrics;

  /** Made at the first commit: of a committer's parallel instances, only one ever commits. */
  private TableLog log;

  private SchemaCheck schema;
  private LogMaintenance maintenance;

  /** The table as it is in storage, unless somebody else wrote meanwhile; null: to be read. */
  private Snapshot snapshot;

  /** The last commit of an epoch in {@link #snapshot}; null: not looked up yet. */
  private LastCommit lastCommit;

  private record LastCommit(String epoch, long checkpointId) {}

  DeltaCommitter(TableSpec table, TableOptions options, CommitMetrics metrics) {
    this.table = table;
    this.options = options;
    this.metrics = metrics;
  }

  @Override
  public void commit(Collection<CommitRequest<DeltaCommittable>> requests)
      throws InterruptedException {
    if (log == null) {
      log = new TableLog(table, options.sinkName());
      schema = new SchemaCheck(table, log.schema());
      maintenance = new LogMaintenance(table, log.engine(), metrics);
    }
    List<CommitRequest<DeltaCommittable>> inOrder = new ArrayList<>(requests);
    inOrder.sort(Comparator.comparingLong(request -> request.getCommittable().checkpointId()));
    for (CommitRequest<DeltaCommittable> request : inOrder) {
      DeltaCommittable committable = request.getCommittable();
      long start = System.nanoTime();
      boolean committed =
          options
              .retries()
              .run(
                  "commit " + committable + " to " + table,
                  () -> commit(committable),
                  metrics::retried);
      if (committed) {
        metrics.committed(committable, Duration.ofNanos(System.nanoTime() - start));
      } else {
        LOG.info("{} already has {}", table, committable);
        request.signalAlreadyCommitted();
      }
    }
  }

  /** One attempt; false if the committable is in the table already. */
  private boolean commit(DeltaCommittable committable) {
    Snapshot base = snapshot;
    snapshot = null;
    // The run may have come to own the table after the last commit (of a restored committable).
    if (base == null || maintenance.takeReloadRequest() || !isOwned(base, committable)) {
      base = log.loadForCommits();
      log.lastLogCheckpoint(base).ifPresent(metrics::logCheckpointIsAt);
      lastCommit = null;
      requireSameTable(base, committable);
      requireColumns(base);
    }
    if (isCommitted(base, committable)) {
      snapshot = base;
      return false;
    }
    requireOwned(base, committable);
    TransactionCommitResult result = log.append(base, committable);
    snapshot = result.getPostCommitSnapshot().orElse(null);
    lastCommit = new LastCommit(committable.lineage().epoch(), committable.checkpointId());
    LOG.info("Committed {} to {} as version {}", committable, table, result.getVersion());
    metrics.tableIsAt(result.getVersion());
    maintenance.submit(result);
    return true;
  }

  private boolean isCommitted(Snapshot base, DeltaCommittable committable) {
    String epoch = committable.lineage().epoch();
    if (lastCommit == null || !lastCommit.epoch().equals(epoch)) {
      lastCommit = new LastCommit(epoch, log.lastCheckpoint(base, epoch).orElse(0));
    }
    return committable.checkpointId() <= lastCommit.checkpointId();
  }

  private void requireSameTable(Snapshot base, DeltaCommittable committable) {
    String id = base.getMetadata().getId();
    if (!id.equals(committable.lineage().tableId())) {
      throw new TableConflictException(
          String.format(
              "%s was replaced while the job ran: its id is %s, but %s was written for table %s."
                  + " Nothing was committed. Bring the old table back, or start the job anew.",
              table, id, committable, committable.lineage().tableId()));
    }
  }

  private void requireColumns(Snapshot base) {
    try {
      schema.require(base);
    } catch (TableConflictException difference) {
      boolean willBeAdded =
          options.schemaPolicy() == SchemaPolicy.ADD_COLUMNS
              && !schema.missing(base).isEmpty()
              && schema.canAddMissing(base);
      throw willBeAdded ? new NotYetOwnedException(difference) : difference;
    }
  }

  private boolean isOwned(Snapshot base, DeltaCommittable committable) {
    return log.owner(base)
        .filter(owner -> owner.includes(committable.lineage().epoch(), committable.checkpointId()))
        .isPresent();
  }

  private void requireOwned(Snapshot base, DeltaCommittable committable) {
    if (isOwned(base, committable)) {
      return;
    }
    TableConflictException takenOver =
        new TableConflictException(
            String.format(
                "%s (version %d) was taken over by epoch %s of sink '%s', which does not know %s."
                    + " Another copy of the job is running, or ran: this one stops, and nothing of"
                    + " it is committed any more. Keep one copy running.",
                table,
                base.getVersion(),
                log.owner(base).map(Lineage::epoch).orElse("(none)"),
                options.sinkName(),
                committable));
    throw options.rewindPolicy() == RewindPolicy.FAIL
        ? takenOver
        : new NotYetOwnedException(takenOver);
  }

  @Override
  public void close() {
    if (maintenance != null) {
      maintenance.close();
    }
  }
}
