package io.medallion.delta;

/**
 * What a job does that finds its table ahead of the state it was restored from: an older savepoint,
 * a start without state, or another copy of the job that wrote in the meantime.
 */
public enum RewindPolicy {
  /** The job fails at its start and says what it found. The default. */
  FAIL,

  /**
   * The table is put back, in one commit, to the version before the first commit that the restored
   * state does not know; the job then writes that data again. History keeps the versions in
   * between. Commits of others after that version are undone too. Needs the table's old files and
   * log: not possible once they were vacuumed or cleaned up. Nor if nothing shows that the state is
   * of an earlier point of the table's history.
   */
  ROLLBACK,

  /**
   * The job goes on after what is there. The data between the two states is in the table twice; of
   * a table that lost rows that the job had committed, they stay lost.
   */
  APPEND
}
