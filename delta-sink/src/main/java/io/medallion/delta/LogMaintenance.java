package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Delta wants done after a commit, off the commit path: log checkpoints every {@code
 * delta.checkpointInterval} versions, the checksum of each version where it follows from the last
 * one, and, after a log checkpoint, the removal of what is older than the log's retention.
 *
 * <p>One thread, in order. A failure is logged and counted and never fails the job: the table is
 * right without, and the next checkpoint makes up for a missed one. A checksum that would need the
 * whole log to be read is written only together with a log checkpoint.
 *
 * <p>At most {@value #MAX_WAITING} tasks wait. Where storage is slower than commits come, the
 * oldest is dropped and counted as failed: each holds a version of the table in memory.
 */
final class LogMaintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogMaintenance.class);
  private static final long CLOSE_TIMEOUT_SECONDS = 10;
  static final int MAX_WAITING = 16;

  private final TableSpec table;
  private final Engine engine;
  private final CommitMetrics metrics;
  private final LogCleanup cleanup;
  private final ThreadPoolExecutor executor;
  private final Runnable onLogCheckpoint;

  /**
   * @param onLogCheckpoint called after each log checkpoint, in the thread of this
   */
  LogMaintenance(TableSpec table, Engine engine, CommitMetrics metrics, Runnable onLogCheckpoint) {
    this.table = table;
    this.engine = engine;
    this.metrics = metrics;
    this.onLogCheckpoint = onLogCheckpoint;
    this.cleanup = new LogCleanup(table, Clock.systemUTC());
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "delta-log-maintenance");
              thread.setDaemon(true);
              return thread;
            },
            this::makeRoom);
  }

  private void makeRoom(Runnable task, ThreadPoolExecutor full) {
    if (!full.isShutdown()) {
      full.getQueue().poll();
      metrics.maintenanceFailed();
      LOG.warn(
          "The log of {} is maintained more slowly than commits come: a task is dropped", table);
      full.execute(task);
    }
  }

  /** What is to be done after a commit: of its hooks those that don't read the whole log alone. */
  static List<PostCommitHook> due(TransactionCommitResult commit) {
    List<PostCommitHook> hooks = commit.getPostCommitHooks();
    Set<PostCommitHookType> wanted =
        hooks.stream().anyMatch(LogMaintenance::isCheckpoint)
            ? Set.of(
                PostCommitHookType.CHECKPOINT,
                PostCommitHookType.CHECKSUM_SIMPLE,
                PostCommitHookType.CHECKSUM_FULL)
            : Set.of(PostCommitHookType.CHECKSUM_SIMPLE);
    return hooks.stream().filter(hook -> wanted.contains(hook.getType())).toList();
  }

  private static boolean isCheckpoint(PostCommitHook hook) {
    return hook.getType() == PostCommitHookType.CHECKPOINT;
  }

  /** Takes over what Delta wants done after a commit. */
  void submit(TransactionCommitResult commit) {
    List<PostCommitHook> hooks = due(commit);
    for (PostCommitHook hook : hooks) {
      executor.execute(() -> run(commit.getVersion(), hook));
    }
    if (hooks.stream().anyMatch(LogMaintenance::isCheckpoint)) {
      commit.getPostCommitSnapshot().ifPresent(table -> executor.execute(() -> cleanUp(table)));
    }
  }

  private void run(long version, PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(engine);
      if (isCheckpoint(hook)) {
        metrics.logCheckpointIsAt(version);
        onLogCheckpoint.run();
      }
    } catch (IOException | RuntimeException failure) {
      if (isCheckpoint(hook)) {
        metrics.logCheckpointFailed();
      } else {
        metrics.maintenanceFailed();
      }
      LOG.warn("{} of {} failed; the table is right without it", hook.getType(), table, failure);
    }
  }

  private void cleanUp(Snapshot snapshot) {
    try {
      cleanup.run(snapshot);
    } catch (IOException | RuntimeException failure) {
      metrics.maintenanceFailed();
      LOG.warn("The log of {} could not be cleaned up; it will be tried again", table, failure);
    }
  }

  /** Number of tasks that wait. */
  int waiting() {
    return executor.getQueue().size();
  }

  /** Lets what is under way finish, for a bounded time; a cancelled task does not wait. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (executor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }
}
