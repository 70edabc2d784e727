package io.medallion.job.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the times that nearly all senders write, straight from an event's bytes: {@code
 * yyyy-MM-ddTHH:mm:ss[.fraction]}, then {@code Z} or an offset {@code ±HH:mm}. Gives what {@link
 * EventTimeParser} would give, and leaves all other forms to that.
 */
final class UsualTime {

  static final long UNUSUAL = Long.MIN_VALUE;

  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int OFFSET_LENGTH = 6;

  /** Java knows offsets of up to 18 hours. */
  private static final int MAX_OFFSET_HOURS = 17;

  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private UsualTime() {}

  /** Milliseconds since 1970 UTC (finer digits are dropped), or {@link #UNUSUAL}. */
  static long parse(byte[] text, int from, int to) {
    if (!hasPunctuation(text, from, to)) {
      return UNUSUAL;
    }
    int hour = digits(text, from + 11, 2);
    int minute = digits(text, from + 14, 2);
    int second = digits(text, from + 17, 2);
    int zone = fractionEnd(text, from + SECONDS_END, to);
    int offset = offsetMinutes(text, zone, to);
    if ((hour | minute | second) < 0
        || hour > 23
        || minute > 59
        || second > 59
        || offset == NO_OFFSET) {
      return UNUSUAL;
    }
    long day = epochDay(text, from);
    if (day == UNUSUAL) {
      return UNUSUAL;
    }
    long seconds = ((day * 24 + hour) * 60 + minute - offset) * 60 + second;
    return seconds * 1000 + millis(text, from + SECONDS_END, zone);
  }

  private static boolean hasPunctuation(byte[] text, int from, int to) {
    return to - from > SECONDS_END
        && text[from + 4] == '-'
        && text[from + 7] == '-'
        && text[from + 10] == 'T'
        && text[from + 13] == ':'
        && text[from + 16] == ':';
  }

  private static long epochDay(byte[] text, int from) {
    int year = digits(text, from, 4);
    int month = digits(text, from + 5, 2);
    int day = digits(text, from + 8, 2);
    if (year < 0) {
      return UNUSUAL;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return UNUSUAL;
    }
  }

  /** Where a point and 1 to 9 digits end, or the same place without a point. */
  private static int fractionEnd(byte[] text, int from, int to) {
    if (text[from] != '.') {
      return from;
    }
    int end = from + 1;
    while (end < to && isDigit(text[end])) {
      end++;
    }
    int count = end - from - 1;
    return count >= 1 && count <= MAX_FRACTION_DIGITS ? end : to;
  }

  private static int millis(byte[] text, int point, int end) {
    int millis = 0;
    for (int i = point + 1; i <= point + 3; i++) {
      millis = millis * 10 + (i < end ? text[i] - '0' : 0);
    }
    return millis;
  }

  /** Minutes that the text's clock is ahead of UTC. */
  private static int offsetMinutes(byte[] text, int from, int to) {
    if (to - from == 1 && text[from] == 'Z') {
      return 0;
    }
    if (to - from != OFFSET_LENGTH
        || (text[from] != '+' && text[from] != '-')
        || text[from + 3] != ':') {
      return NO_OFFSET;
    }
    int hours = digits(text, from + 1, 2);
    int minutes = digits(text, from + 4, 2);
    if ((hours | minutes) < 0 || hours > MAX_OFFSET_HOURS || minutes > 59) {
      return NO_OFFSET;
    }
    int offset = hours * 60 + minutes;
    return text[from] == '-' ? -offset : offset;
  }

  /** The number that so many digits make, or −1. */
  private static int digits(byte[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
