package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.groups.SinkCommitterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each committable one version of the table, exactly once.
 *
 * <p>The invariants:
 *
 * <ul>
 *   <li>A committable is looked up in the log (its {@code txn}) before it is committed on a
 *       snapshot that was read from storage. On the snapshot that follows from this committer's own
 *       last commit it need not be: nobody else has committed in between, and checkpoint ids only
 *       grow.
 *   <li>A commit is put-if-absent of the version after the snapshot's. Whatever goes wrong, the
 *       snapshot is forgotten and the outcome read from the log.
 *   <li>Only a run whose past is all that the sink has in the table takes the table over; a run
 *       that finds the table taken over stops with {@link TableConflictException}.
 *   <li>Nothing is ever given up silently: a committable is committed, found committed, or the job
 *       fails and offers it again.
 * </ul>
 */
final class DeltaCommitter implements Committer<DeltaCommittable> {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaCommitter.class);

  static final int MAX_ATTEMPTS = 10;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

  private final TableSpec table;
  private final String sinkName;
  private final CommitMetrics metrics;

  /** Opened at the first commit: of a committer's parallel instances, only one ever commits. */
  private TableLog log;

  private LogMaintenance maintenance;

  /** The table as this committer's last commit left it; null if it has to be read. */
  private Snapshot snapshot;

  DeltaCommitter(TableSpec table, String sinkName, SinkCommitterMetricGroup metrics) {
    this.table = table;
    this.sinkName = sinkName;
    this.metrics = new CommitMetrics(metrics);
  }

  @Override
  public void commit(Collection<CommitRequest<DeltaCommittable>> requests)
      throws IOException, InterruptedException {
    if (log == null) {
      log = new TableLog(table, sinkName);
      maintenance = new LogMaintenance(table, log.engine(), metrics);
    }
    List<CommitRequest<DeltaCommittable>> inOrder = new ArrayList<>(requests);
    inOrder.sort(Comparator.comparingLong(request -> request.getCommittable().checkpointId()));
    for (CommitRequest<DeltaCommittable> request : inOrder) {
      if (!commit(request.getCommittable())) {
        request.signalAlreadyCommitted();
      }
    }
  }

  /** False if the committable was found committed. */
  private boolean commit(DeltaCommittable committable) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Duration backoff = FIRST_BACKOFF;
    for (int attempt = 1; ; attempt++) {
      try {
        if (snapshot == null || maintenance.takeReloadRequest()) {
          snapshot = log.load();
          if (isCommitted(committable)) {
            LOG.info("{} already has {}", table, committable);
            return attempt > 1;
          }
        }
        append(committable, start);
        return true;
      } catch (KernelException | KernelEngineException | UncheckedIOException failure) {
        snapshot = null;
        if (!isRetriable(failure) || attempt == MAX_ATTEMPTS) {
          throw new IOException(
              "Could not commit "
                  + committable
                  + " to "
                  + table
                  + " ("
                  + attempt
                  + " attempts). Nothing is lost: the job restarts and tries again. If it goes on,"
                  + " see the cause: storage unreachable, full or read-only, or the table's log"
                  + " changed from outside.",
              failure);
        }
        LOG.warn(
            "Attempt {} to commit {} to {} failed; the log is read anew in {} ms",
            attempt,
            committable,
            table,
            backoff.toMillis(),
            failure);
        metrics.retried();
        Thread.sleep(backoff.toMillis());
        backoff =
            backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0
                ? backoff.multipliedBy(2)
                : MAX_BACKOFF;
      }
    }
  }

  private boolean isCommitted(DeltaCommittable committable) {
    OptionalLong last = log.lastCheckpoint(snapshot, committable.lineage().epoch());
    return last.isPresent() && last.getAsLong() >= committable.checkpointId();
  }

  private void append(DeltaCommittable committable, long start) {
    boolean claim = !log.owner(snapshot).filter(committable.lineage().epoch()::equals).isPresent();
    if (claim) {
      log.requirePastOf(snapshot, committable.lineage(), 0);
    }
    TransactionCommitResult result = log.append(snapshot, committable, claim);
    snapshot = result.getPostCommitSnapshot().orElse(null);
    metrics.committed(committable, Duration.ofNanos(System.nanoTime() - start));
    LOG.info(
        "Committed {} to {} as version {} in {} ms",
        committable,
        table,
        result.getVersion(),
        metrics.lastDurationMillis());
    maintenance.submit(result.getPostCommitHooks());
  }

  /** I/O and lost races are; a table that is gone, corrupt or beyond our protocol is not. */
  private static boolean isRetriable(RuntimeException failure) {
    return failure instanceof KernelEngineException
        || failure instanceof UncheckedIOException
        || failure instanceof ConcurrentWriteException
        || failure instanceof CommitStateUnknownException
        || failure instanceof MaxCommitRetryLimitReachedException;
  }

  @Override
  public void close() {
    if (maintenance != null) {
      maintenance.close();
    }
  }
}
