package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
 *   <li>Whenever the table is read and the committable is not in it, it has the commit before that
 *       one, and nobody put it back since the sink's last commit; or the job stops.
 *   <li>Nothing is given up: a committable is committed, found committed, or the job fails and
 *       offers it again.
 * </ul>
 */
final class DeltaCommitter implements Committer<DeltaCommittable> {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaCommitter.class);

  private final TableSpec table;
  private final TableOptions options;
  private final CommitMetrics metrics;
  private final Optional<TableCompactor> compactor;

  /**
   * After a log checkpoint the snapshot at hand, which grows with every commit, can be read anew
   * from there; and after a merge of files it is not the newest any more.
   */
  private final AtomicBoolean reloadRequested = new AtomicBoolean();

  /** Made at the first commit: of a committer's parallel instances, only one ever commits. */
  private TableLog log;

  private SchemaCheck schema;
  private LogMaintenance maintenance;
  private OtherWriters others;

  /** The table as it is in storage, unless somebody else wrote meanwhile; null: to be read. */
  private Snapshot snapshot;

  /** The last commit of an epoch in {@link #snapshot}; null: not looked up yet. */
  private CommitId lastCommit;

  /**
   * @param compactor merges files of the table behind the commits; is closed with this
   */
  DeltaCommitter(
      TableSpec table,
      TableOptions options,
      CommitMetrics metrics,
      Optional<TableCompactor> compactor) {
    this.table = table;
    this.options = options;
    this.metrics = metrics;
    this.compactor = compactor;
  }

  @Override
  public void commit(Collection<CommitRequest<DeltaCommittable>> requests)
      throws InterruptedException {
    if (log == null) {
      log = new TableLog(table, options.sinkName());
      schema = new SchemaCheck(table, log.schema(), options.meaning());
      maintenance =
          new LogMaintenance(table, log.engine(), metrics, () -> reloadRequested.set(true));
      others = new OtherWriters(log);
    }
    List<CommitRequest<DeltaCommittable>> inOrder = new ArrayList<>(requests);
    inOrder.sort(Comparator.comparingLong(request -> request.getCommittable().checkpointId()));
    for (CommitRequest<DeltaCommittable> request : inOrder) {
      DeltaCommittable committable = request.getCommittable();
      if (committable.isCheck()) {
        check(committable);
        continue;
      }
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

  /** Looks whether the table has what the committable says that it has. */
  private void check(DeltaCommittable committable) throws InterruptedException {
    options
        .retries()
        .run(
            "look at " + table,
            () -> {
              if (reloadRequested.getAndSet(false) || snapshot == null) {
                snapshot = null;
                snapshot = load(committable);
              }
              return true;
            },
            metrics::retried);
  }

  /** One attempt; false if the committable is in the table already. */
  private boolean commit(DeltaCommittable committable) {
    Snapshot base = snapshot;
    snapshot = null;
    // The run may have come to own the table after the last commit (of a restored committable).
    if (reloadRequested.getAndSet(false) || base == null || !isOwned(base, committable)) {
      base = load(committable);
    }
    if (isCommitted(base, committable)) {
      // What else has to hold of the table was not looked at, so the next one reads it anew.
      return false;
    }
    TransactionCommitResult result = log.append(base, committable);
    snapshot = result.getPostCommitSnapshot().orElse(null);
    lastCommit = committable.id();
    others.committed(result.getVersion());
    LOG.info("Committed {} to {} as version {}", committable, table, result.getVersion());
    metrics.tableIsAt(result.getVersion());
    maintenance.submit(result);
    compactor.ifPresent(
        files ->
            files.committed(committable, result.getVersion(), () -> reloadRequested.set(true)));
    return true;
  }

  private Snapshot load(DeltaCommittable committable) {
    Snapshot base = log.loadForCommits();
    log.lastLogCheckpoint(base).ifPresent(metrics::logCheckpointIsAt);
    lastCommit = null;
    requireSameTable(base, committable);
    requireColumns(base);
    if (!isCommitted(base, committable)) {
      requireOwned(base, committable);
      requireNotPutBack(base, committable);
    }
    return base;
  }

  private boolean isCommitted(Snapshot base, DeltaCommittable committable) {
    String epoch = committable.lineage().epoch();
    if (lastCommit == null || !lastCommit.epoch().equals(epoch)) {
      lastCommit = new CommitId(epoch, log.lastCheckpoint(base, epoch).orElse(0));
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

  /** Rows that were committed and that somebody took back are in no other place. */
  private void requireNotPutBack(Snapshot base, DeltaCommittable committable) {
    Optional<String> putBack =
        (hasCommits(base, committable) ? others.putBack(base) : Optional.<String>empty())
            .map(operation -> "another writer put the table back (" + operation + ")")
            .or(() -> committable.previous().flatMap(previous -> lacks(base, previous)));
    if (putBack.isEmpty()) {
      return;
    }
    TableConflictException lacksRows = lacksRows(base, putBack.get());
    if (options.rewindPolicy() != RewindPolicy.APPEND) {
      throw lacksRows;
    }
    LOG.warn("{} The rewind policy is APPEND: going on without them.", lacksRows.getMessage());
  }

  private TableConflictException lacksRows(Snapshot base, String why) {
    return new TableConflictException(
        String.format(
            "%s (version %d) lacks rows that this job had committed: %s. Going on would leave them"
                + " out for good. Either start the job from a checkpoint or savepoint that is not"
                + " newer than the table, with the rewind policy ROLLBACK, which puts all tables"
                + " there and writes those rows again; or bring the table's log back; or start once"
                + " with the rewind policy APPEND to go on without them.",
            table, base.getVersion(), why));
  }

  /** Whether there is anything of this sink that others could have put back. */
  private boolean hasCommits(Snapshot base, DeltaCommittable committable) {
    return committable.previous().isPresent()
        || log.owner(base)
            .filter(owner -> !log.commits(base, owner).epochs().isEmpty())
            .isPresent();
  }

  private Optional<String> lacks(Snapshot base, CommitId previous) {
    long last = log.lastCheckpoint(base, previous.epoch()).orElse(0);
    return last >= previous.checkpointId()
        ? Optional.empty()
        : Optional.of(
            last == 0
                ? previous + " is missing, and there is none of that epoch"
                : previous + " is missing, and the newest there is checkpoint " + last);
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
    String owner = log.owner(base).map(Lineage::epoch).orElse("(none)");
    TableConflictException found =
        committable.lineage().knows(owner)
            ? lacksRows(base, "another writer put it back to when epoch " + owner + " owned it")
            : new TableConflictException(
                String.format(
                    "%s (version %d) was taken over by epoch %s of sink '%s', which does not know"
                        + " %s. Another copy of the job is running, or ran: this one stops, and"
                        + " nothing of it is committed any more. Keep one copy running.",
                    table, base.getVersion(), owner, options.sinkName(), committable));
    throw options.rewindPolicy() == RewindPolicy.FAIL ? found : new NotYetOwnedException(found);
  }

  @Override
  public void close() {
    compactor.ifPresent(TableCompactor::close);
    if (maintenance != null) {
      maintenance.close();
    }
  }
}
