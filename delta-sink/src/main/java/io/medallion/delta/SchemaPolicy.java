package io.medallion.delta;

/** What a job does at its start when the table lacks columns that the sink writes. */
public enum SchemaPolicy {
  /** The job fails and names the difference. The default. */
  STRICT,

  /**
   * Missing columns are added to the table, in one commit, if they are nullable and no partition
   * columns; any other difference fails as with {@link #STRICT}.
   */
  ADD_COLUMNS
}
