package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the times that nearly all senders write, straight from an event's bytes: {@code
 * yyyy-MM-ddTHH:mm:ss[.fraction]}, then {@code Z}, an offset {@code ±HH:mm}, or nothing where the
 * contract gives a time zone, with which a blank may stand for the {@code T}. Gives what {@link
 * EventTimeParser} would give, and leaves all other forms to that.
 *
 * <p>Neighbouring events share the minute, so what the texts of the last minutes meant is kept. One
 * instance a thread.
 *
 * <p>A lenient one also reads a blank for the {@code T}, a comma for the point and an offset
 * without a colon, as {@link LenientIso} does.
 */
final class UsualTime {

  static final long UNUSUAL = Long.MIN_VALUE;

  /** Room for a few hours, as late events come among the others; a newcomer evicts. */
  private static final int SLOT_BITS = 8;

  private static final int SLOTS = 1 << SLOT_BITS;

  private static final int DATE_END = 10;
  private static final int MINUTES_END = 16;
  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int OFFSET_LENGTH = 6;
  private static final int OFFSET_LENGTH_WITHOUT_COLON = 5;

  /** Java knows offsets of up to 18 hours. */
  private static final int MAX_OFFSET_HOURS = 17;

  private static final int NO_OFFSET = Integer.MIN_VALUE;

  // For each minute kept: its text, yyyy-MM- and ddTHH:mm, and its start in milliseconds.
  private final long[] heads = new long[SLOTS];
  private final long[] tails = new long[SLOTS];
  private final long[] starts = new long[SLOTS];

  /** Of texts without an offset. */
  private final Optional<ZoneId> zone;

  private final boolean lenient;

  /** The start of each minute kept where it is one of that zone. */
  private final long[] localStarts = new long[SLOTS];

  UsualTime(Optional<ZoneId> zone, boolean lenient) {
    this.zone = zone;
    this.lenient = lenient;
    // An empty slot has the text of zero bytes, which is no time.
    Arrays.fill(starts, UNUSUAL);
    Arrays.fill(localStarts, UNUSUAL);
  }

  /** Milliseconds since 1970 UTC (finer digits are dropped), or {@link #UNUSUAL}. */
  long parse(byte[] text, int from, int to) {
    if (to - from < SECONDS_END || text[from + MINUTES_END] != ':') {
      return UNUSUAL;
    }
    int slot = slotOfMinute(text, from);
    int second = twoDigits(text, from + MINUTES_END + 1);
    int point = from + SECONDS_END;
    int end = fractionEnd(text, point, to);
    long minute = end == to ? localStarts[slot] : starts[slot];
    int offset = end == to ? 0 : offsetMinutes(text, end, to);
    if (minute == UNUSUAL || second < 0 || second > 59 || offset == NO_OFFSET) {
      return UNUSUAL;
    }
    return minute - offset * 60_000L + second * 1000L + millis(text, point, end);
  }

  private int slotOfMinute(byte[] text, int from) {
    long head = Words.at(text, from);
    long tail = Words.at(text, from + Long.BYTES);
    int slot = slot(head, tail);
    if (heads[slot] != head || tails[slot] != tail) {
      heads[slot] = head;
      tails[slot] = tail;
      String minute = minuteText(text, from);
      starts[slot] = EventTimeParser.parseInstant(minute + ":00Z");
      localStarts[slot] =
          zone.isEmpty() || starts[slot] == EventTimeParser.INVALID
              ? UNUSUAL
              : LocalDateTime.parse(minute).atZone(zone.get()).toInstant().toEpochMilli();
    }
    return slot;
  }

  private String minuteText(byte[] text, int from) {
    String minute = new String(text, from, MINUTES_END, ISO_8859_1);
    return (lenient || zone.isPresent()) && minute.charAt(DATE_END) == ' '
        ? minute.substring(0, DATE_END) + 'T' + minute.substring(DATE_END + 1)
        : minute;
  }

  private static int slot(long head, long tail) {
    long mixed = (head * 31 + tail) * 0x9E3779B97F4A7C15L; // Fibonacci hashing
    return (int) (mixed >>> (Long.SIZE - SLOT_BITS));
  }

  /** Where a point and 1 to 9 digits end, or the same place without a point. */
  private int fractionEnd(byte[] text, int from, int to) {
    if (from == to || (text[from] != '.' && !(lenient && text[from] == ','))) {
      return from;
    }
    int end = from + 1;
    while (end < to && isDigit(text[end])) {
      end++;
    }
    int count = end - from - 1;
    return count >= 1 && count <= MAX_FRACTION_DIGITS ? end : from;
  }

  private static int millis(byte[] text, int point, int end) {
    int millis = 0;
    for (int i = point + 1; i <= point + 3; i++) {
      millis = millis * 10 + (i < end ? text[i] - '0' : 0);
    }
    return millis;
  }

  /** Minutes that the text's clock is ahead of UTC. */
  private int offsetMinutes(byte[] text, int from, int to) {
    if (to - from == 1 && text[from] == 'Z') {
      return 0;
    }
    boolean hasColon = to - from == OFFSET_LENGTH && text[from + 3] == ':';
    boolean hasNone = lenient && to - from == OFFSET_LENGTH_WITHOUT_COLON;
    if ((!hasColon && !hasNone) || (text[from] != '+' && text[from] != '-')) {
      return NO_OFFSET;
    }
    int hours = twoDigits(text, from + 1);
    int minutes = twoDigits(text, to - 2);
    if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes > 59) {
      return NO_OFFSET;
    }
    int offset = hours * 60 + minutes;
    return text[from] == '-' ? -offset : offset;
  }

  /** The number that two digits make, or −1. */
  private static int twoDigits(byte[] text, int from) {
    return isDigit(text[from]) && isDigit(text[from + 1])
        ? (text[from] - '0') * 10 + text[from + 1] - '0'
        : -1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
