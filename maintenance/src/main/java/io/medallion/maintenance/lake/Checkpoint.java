package io.medallion.maintenance.lake;

/**
 * A checkpoint of the job that a table has the data of.
 *
 * @param id Flink's; grows as long as each run of the job goes on from the one before
 * @param committedMillis when the table took it, milliseconds since 1970 by the writer's clock
 */
public record Checkpoint(long id, long committedMillis) {

  /** By how much the clocks of the job's machines may differ. */
  private static final long CLOCKS_APART_MILLIS = 60_000;

  /** How long the tables may take, one after the other, to commit one checkpoint. */
  private static final long COMMITS_APART_MILLIS = 10 * 60_000;

  /** Whether another table took the same checkpoint: another run may have had one of that id. */
  boolean isSame(Checkpoint other) {
    return id == other.id
        && Math.abs(committedMillis - other.committedMillis) < COMMITS_APART_MILLIS;
  }

  /** Ids start anew with a job that does not go on from another: then the time tells. */
  boolean isAfter(Checkpoint other) {
    return id > other.id && committedMillis > other.committedMillis - CLOCKS_APART_MILLIS;
  }
}
