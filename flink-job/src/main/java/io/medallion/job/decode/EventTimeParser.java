package io.medallion.job.decode;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads ISO-8601 instants, to the millisecond (finer digits are dropped). Where the contract gives
 * a time zone, a text without an offset is of that zone, and a blank may stand for the {@code T}.
 * Of a time that a zone has twice, as clocks are set back, the first is meant.
 */
final class EventTimeParser {

  static final long INVALID = Long.MIN_VALUE;

  /** Nothing that ISO-8601 allows for an instant of our era is longer. */
  private static final int MAX_LENGTH = 64;

  private static final int DATE_LENGTH = 10;

  private final Optional<ZoneId> zone;

  EventTimeParser(Optional<ZoneId> zone) {
    this.zone = zone;
  }

  /** Milliseconds since 1970 UTC, or {@link #INVALID}. */
  long parse(String text) {
    long time = parseInstant(text);
    return time == INVALID && zone.isPresent() ? parseLocal(text) : time;
  }

  /** As {@link #parse}, of a text with an offset. */
  static long parseInstant(String text) {
    if (text.length() > MAX_LENGTH) {
      return INVALID;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }

  private long parseLocal(String text) {
    if (text.length() > MAX_LENGTH || text.length() <= DATE_LENGTH) {
      return INVALID;
    }
    String iso =
        text.charAt(DATE_LENGTH) == ' '
            ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
            : text;
    long time = parseInstant(iso);
    if (time != INVALID) {
      return time;
    }
    try {
      return LocalDateTime.parse(iso).atZone(zone.orElseThrow()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }
}
