package io.medallion.job.config;

/** Where a job that starts without a savepoint begins to read. Restarts go on from the state. */
public enum StartingOffsets {
  /** At the oldest record that the broker has. */
  EARLIEST,
  /** After the newest record. */
  LATEST,
  /** Where the consumer group left off, or at the oldest record if it never read. */
  COMMITTED
}
