package io.medallion.delta;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the committer exports, in a group {@code delta}.
 *
 * <p>{@code secondsSinceLastCommit} (since the start if there was none; -1 on the committer
 * instances that never commit) is the alarm to watch: data is missing in the table while the job
 * looks healthy exactly when it grows.
 */
final class CommitMetrics {

  private final Counter commits;
  private final Counter rows;
  private final Counter bytes;
  private final Counter files;
  private final Counter retries;
  private final Counter maintenanceFailures;

  private volatile long lastDurationMillis = -1;
  private volatile long lastCommitNanos;
  private volatile boolean active;

  CommitMetrics(MetricGroup parent) {
    MetricGroup group = parent.addGroup("delta");
    commits = group.counter("commits");
    rows = group.counter("committedRows");
    bytes = group.counter("committedBytes");
    files = group.counter("committedFiles");
    retries = group.counter("commitRetries");
    maintenanceFailures = group.counter("logMaintenanceFailures");
    group.gauge("lastCommitMillis", this::lastDurationMillis);
    group.gauge("secondsSinceLastCommit", this::secondsSinceLastCommit);
  }

  void committed(DeltaCommittable committable, Duration duration) {
    commits.inc();
    rows.inc(committable.rows());
    bytes.inc(committable.bytes());
    files.inc(committable.files().size());
    lastDurationMillis = duration.toMillis();
    lastCommitNanos = System.nanoTime();
    active = true;
  }

  void retried() {
    retries.inc();
  }

  void maintenanceFailed() {
    maintenanceFailures.inc();
  }

  long lastDurationMillis() {
    return lastDurationMillis;
  }

  private long secondsSinceLastCommit() {
    return active ? Duration.ofNanos(System.nanoTime() - lastCommitNanos).toSeconds() : -1;
  }
}
