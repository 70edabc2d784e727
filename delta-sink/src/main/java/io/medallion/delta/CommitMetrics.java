package io.medallion.delta;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What the committer exports, in a group {@code delta}; the README lists all metrics of the sink.
 *
 * <p>{@code secondsSinceLastCommit} is the alarm to watch: data is missing in the table while the
 * job looks healthy exactly when it grows. It counts from the start until there is a commit.
 */
final class CommitMetrics {

  private static final long UNKNOWN = -1;

  private final boolean active;

  private final Counter commits;
  private final Counter rows;
  private final Counter bytes;
  private final Counter files;
  private final Counter retries;
  private final Counter logCheckpointFailures;
  private final Counter maintenanceFailures;

  private volatile long lastDurationMillis = UNKNOWN;
  private volatile long lastCommitNanos = System.nanoTime();
  private volatile long version = UNKNOWN;
  private volatile long logCheckpointVersion = UNKNOWN;

  /**
   * @param active whether commits are due here: of the committer's parallel instances, the first
   *     gets them all, and the others at most what a restore hands them
   */
  CommitMetrics(MetricGroup parent, boolean active) {
    this.active = active;
    MetricGroup group = parent.addGroup("delta");
    commits = group.counter("numCommits");
    rows = group.counter("numRowsCommitted");
    bytes = group.counter("numBytesCommitted");
    files = group.counter("numFilesCommitted");
    retries = group.counter("numCommitRetries");
    logCheckpointFailures = group.counter("numLogCheckpointFailures");
    maintenanceFailures = group.counter("numLogMaintenanceFailures", new ThreadSafeSimpleCounter());
    group.gauge("lastCommitDuration", () -> lastDurationMillis);
    group.gauge("secondsSinceLastCommit", this::secondsSinceLastCommit);
    group.gauge("versionsSinceLogCheckpoint", this::versionsSinceLogCheckpoint);
  }

  void committed(DeltaCommittable committable, Duration duration) {
    commits.inc();
    rows.inc(committable.rows());
    bytes.inc(committable.bytes());
    files.inc(committable.files().size());
    lastDurationMillis = duration.toMillis();
    lastCommitNanos = System.nanoTime();
  }

  void retried() {
    retries.inc();
  }

  /** The table's newest version is this one now. */
  void tableIsAt(long newVersion) {
    version = newVersion;
  }

  /** The newest log checkpoint is of this version. */
  void logCheckpointIsAt(long newVersion) {
    logCheckpointVersion = newVersion;
  }

  void logCheckpointFailed() {
    logCheckpointFailures.inc();
    maintenanceFailed();
  }

  void maintenanceFailed() {
    maintenanceFailures.inc();
  }

  private long secondsSinceLastCommit() {
    return active ? Duration.ofNanos(System.nanoTime() - lastCommitNanos).toSeconds() : UNKNOWN;
  }

  /** All versions if there is no log checkpoint. */
  private long versionsSinceLogCheckpoint() {
    return version == UNKNOWN ? UNKNOWN : Math.max(0, version - logCheckpointVersion);
  }
}
