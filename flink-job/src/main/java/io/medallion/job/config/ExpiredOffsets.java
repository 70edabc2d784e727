package io.medallion.job.config;

/** What to do about records that expired at the broker before this job read them. */
public enum ExpiredOffsets {
  /** Fail, so that somebody learns of the loss. */
  FAIL,
  /** Go on with the oldest record that is still there: what expired is lost, knowingly. */
  SKIP
}
