package io.medallion.job.decode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Reads ISO-8601 instants, to the millisecond (finer digits are dropped).
 *
 * <p>{@code yyyy-MM-ddTHH:mm:ss[.fraction]Z}, which nearly all senders use, is read in place;
 * anything else, such as an offset, goes through {@link OffsetDateTime}.
 */
final class EventTimeParser {

  static final long INVALID = Long.MIN_VALUE;

  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION_DIGITS = 9;

  /** Nothing that ISO-8601 allows for an instant of our era is longer. */
  private static final int MAX_LENGTH = 64;

  private EventTimeParser() {}

  /** Milliseconds since 1970 UTC, or {@link #INVALID}. */
  static long parse(char[] text, int offset, int length) {
    if (length > SECONDS_END
        && length <= SECONDS_END + 2 + MAX_FRACTION_DIGITS
        && text[offset + length - 1] == 'Z') {
      long fast = parseUtc(text, offset, length);
      if (fast != INVALID) {
        return fast;
      }
    }
    return length > MAX_LENGTH ? INVALID : parseGeneral(new String(text, offset, length));
  }

  private static long parseUtc(char[] text, int offset, int length) {
    if (text[offset + 4] != '-'
        || text[offset + 7] != '-'
        || text[offset + 10] != 'T'
        || text[offset + 13] != ':'
        || text[offset + 16] != ':') {
      return INVALID;
    }
    int year = digits(text, offset, 4);
    int month = digits(text, offset + 5, 2);
    int day = digits(text, offset + 8, 2);
    int hour = digits(text, offset + 11, 2);
    int minute = digits(text, offset + 14, 2);
    int second = digits(text, offset + 17, 2);
    int millis = millis(text, offset + SECONDS_END, offset + length - 1);
    if ((year | month | day | hour | minute | second | millis) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > daysInMonth(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return INVALID;
    }
    long seconds = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return seconds * 1000 + millis;
  }

  /** The fraction between the seconds and the Z: absent, or a point and 1 to 9 digits. */
  private static int millis(char[] text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int count = to - from - 1;
    if (text[from] != '.' || count < 1 || count > MAX_FRACTION_DIGITS) {
      return -1;
    }
    int millis = 0;
    for (int i = 0; i < count; i++) {
      int digit = text[from + 1 + i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      if (i < 3) {
        millis = millis * 10 + digit;
      }
    }
    return count == 1 ? millis * 100 : count == 2 ? millis * 10 : millis;
  }

  private static int digits(char[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int daysInMonth(int year, int month) {
    return switch (month) {
      case 2 -> isLeapYear(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean isLeapYear(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** As {@link LocalDate#toEpochDay}, without the object. */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static long parseGeneral(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return INVALID;
    }
  }
}
