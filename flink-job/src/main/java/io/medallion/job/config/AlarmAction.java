package io.medallion.job.config;

/** What the job does when too many events are rejected, besides the metric. */
public enum AlarmAction {
  /** Writes a line to the log and goes on. */
  LOG,
  /** Fails, so that nobody can overlook it. */
  FAIL
}
