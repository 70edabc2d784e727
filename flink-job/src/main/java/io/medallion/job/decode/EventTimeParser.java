package io.medallion.job.decode;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads ISO-8601 instants, to the millisecond (finer digits are dropped). */
final class EventTimeParser {

  static final long INVALID = Long.MIN_VALUE;

  /** Nothing that ISO-8601 allows for an instant of our era is longer. */
  private static final int MAX_LENGTH = 64;

  private EventTimeParser() {}

  /** Milliseconds since 1970 UTC, or {@link #INVALID}. */
  static long parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return INVALID;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }
}
