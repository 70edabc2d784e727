package io.medallion.job.decode;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import io.medallion.contract.TimeFormat;
import java.math.BigDecimal;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads instants, to the millisecond (finer digits are dropped): texts, as ISO-8601 or of the
 * contract's pattern, and numbers since 1970. Where the contract gives a time zone, a text without
 * an offset is of that zone, and a blank may stand for the {@code T}. Of a time that a zone has
 * twice, as clocks are set back, the first is meant.
 */
final class EventTimeParser {

  static final long INVALID = Long.MIN_VALUE;

  /** Nothing that ISO-8601 allows for an instant of our era is longer. */
  private static final int MAX_LENGTH = 64;

  private static final int DATE_LENGTH = 10;

  /** With its letter and sign. */
  private static final int MAX_EXPONENT_LENGTH = 6;

  private final Optional<ZoneId> zone;

  EventTimeParser(Optional<ZoneId> zone) {
    this.zone = zone;
  }

  /** Milliseconds since 1970 UTC of a text that is no number, or {@link #INVALID}. */
  long parse(String text, TimeFormat format) {
    if (format.pattern().isPresent()) {
      try {
        return format.pattern().get().millis(text, zone);
      } catch (DateTimeException | ArithmeticException e) {
        return INVALID;
      }
    }
    if (!format.allowsIso()) {
      return INVALID;
    }
    long time = parse(text);
    // Digits alone are a date and a time only where they can't be a number.
    if (time == INVALID
        && format.isLenient()
        && (format.epoch().isEmpty() || !JsonNumber.isOne(text))) {
      String strict = LenientIso.strict(text);
      return strict == null ? INVALID : parse(strict);
    }
    return time;
  }

  /** As {@link #parse(String, TimeFormat)}, of ISO-8601. */
  long parse(String text) {
    long time = parseInstant(text);
    return time == INVALID && zone.isPresent() ? parseLocal(text) : time;
  }

  /**
   * Milliseconds since 1970 of a number of units since then, or {@link #INVALID}.
   *
   * @param number as JSON writes them
   * @param format with an epoch
   */
  static long parseEpoch(String number, TimeFormat format) {
    TimeFormat.Epoch epoch = format.epoch().orElseThrow();
    try {
      if (number.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')) {
        long units = Long.parseLong(number);
        return units < 0 ? INVALID : epoch.millis(units);
      }
      if (!format.allowsDecimals() || hasLongExponent(number)) {
        return INVALID;
      }
      long millis = epoch.millis(new BigDecimal(number));
      return millis < 0 ? INVALID : millis;
    } catch (NumberFormatException e) {
      return INVALID;
    }
  }

  /** Of such numbers, some have more digits than memory has room for. */
  private static boolean hasLongExponent(String number) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    return exponent >= 0 && number.length() - exponent > MAX_EXPONENT_LENGTH;
  }

  /** As {@link #parse(String)}, of a text with an offset. */
  static long parseInstant(String text) {
    if (text.length() > MAX_LENGTH) {
      return INVALID;
    }
    try {
      return hasForm(text, ISO_OFFSET_DATE_TIME)
          ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
          : INVALID;
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }

  /**
   * Whether it looks like one: senders choose the texts, and an exception for each is costly.
   *
   * @throws DateTimeException at an offset that there is none of
   */
  private static boolean hasForm(String text, DateTimeFormatter form) {
    ParsePosition end = new ParsePosition(0);
    return form.parseUnresolved(text, end) != null && end.getIndex() == text.length();
  }

  private long parseLocal(String text) {
    if (text.length() > MAX_LENGTH || text.length() <= DATE_LENGTH) {
      return INVALID;
    }
    boolean hasBlank = text.charAt(DATE_LENGTH) == ' ';
    String iso =
        hasBlank ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
    long time = hasBlank ? parseInstant(iso) : INVALID;
    if (time != INVALID) {
      return time;
    }
    try {
      return hasForm(iso, ISO_LOCAL_DATE_TIME)
          ? LocalDateTime.parse(iso).atZone(zone.orElseThrow()).toInstant().toEpochMilli()
          : INVALID;
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }
}
