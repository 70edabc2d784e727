package io.medallion.maintenance.lake;

import java.time.Instant;

/**
 * A range of time.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeRange(Instant from, Instant to) {

  /** Within what a Delta timestamp can be. */
  public static final TimeRange ALL =
      new TimeRange(Instant.parse("-9999-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

  public boolean isAll() {
    return equals(ALL);
  }

  /** Whether a timestamp, microseconds since 1970, is in the range. */
  public boolean contains(long micros) {
    return micros >= micros(from) && micros < micros(to);
  }

  /** Whether a window, microseconds since 1970, is in the range as a whole. */
  public boolean contains(long startMicros, long endMicros) {
    return startMicros >= micros(from) && endMicros <= micros(to);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
