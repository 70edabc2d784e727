package io.medallion.job.hub;

/**
 * Offsets of a partition before a record that the job read, of which the broker delivered none: a
 * row of the table {@code gaps}. A Flink POJO.
 */
public final class OffsetGap {

  /** Why there are no records. */
  public enum Cause {
    /** They expired before the job read them, and {@code source.expired.offsets = skip}. */
    EXPIRED,
    /**
     * The broker has none there: markers and records of aborted transactions, and what compaction
     * removed, take offsets.
     */
    NO_RECORD
  }

  public String eventHub;
  public int partition;

  /** The first offset without a record. */
  public long fromOffset;

  /** The last one. */
  public long toOffset;

  public Cause cause;

  /**
   * The timestamp of the record before the gap, milliseconds since 1970; null if that is not known,
   * as the job read none before it, or its first release did.
   */
  public Long enqueuedBefore;

  /** That of the record after it. */
  public long enqueuedAfter;

  /** When the job came across it, milliseconds since 1970. */
  public long detectedTime;
}
