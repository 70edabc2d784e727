package io.medallion.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/**
 * How a sender writes a date and a time, in the letters of Java's {@link DateTimeFormatter}, with
 * English names. It is strict: there is no 30 February. A date alone is its midnight.
 */
public final class TimePattern {

  /** No number in it can be taken for another one. */
  private static final ZonedDateTime SAMPLE =
      LocalDateTime.of(2021, 12, 31, 16, 47, 58, 123_456_789).atZone(ZoneId.of("Asia/Tokyo"));

  private final String text;
  private final DateTimeFormatter formatter;
  private final TemporalAccessor sample;

  private TimePattern(String text, DateTimeFormatter formatter) {
    this.text = text;
    this.formatter = formatter;
    this.sample = parsed(formatter.format(SAMPLE));
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none, or does not tell a time; it says why
   */
  static TimePattern parse(String text) {
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(withProlepticYears(text))
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    TimePattern pattern = tellingDay(text, formatter);
    if (!pattern.tellsHour()) {
      throw new IllegalArgumentException("hours of a half day need its a, for AM or PM");
    }
    return pattern;
  }

  private static TimePattern tellingDay(String text, DateTimeFormatter formatter) {
    try {
      TimePattern pattern = new TimePattern(text, formatter);
      if (LocalDate.from(pattern.sample).equals(SAMPLE.toLocalDate())) {
        return pattern;
      }
    } catch (DateTimeException e) {
      // Told below: what is written of a day is not enough to read it.
    }
    throw new IllegalArgumentException("it tells no day of a year");
  }

  /** A strict formatter knows years of an era only with the era. */
  private static String withProlepticYears(String text) {
    StringBuilder pattern = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      isQuoted ^= c == '\'';
      pattern.append(c == 'y' && !isQuoted ? 'u' : c);
    }
    return pattern.toString();
  }

  /** Whether the hour is right where there is one: of twelve hours it takes the half of the day. */
  private boolean tellsHour() {
    return sample instanceof LocalDate
        ? formatter.format(SAMPLE).equals(formatter.format(SAMPLE.with(LocalTime.MIDNIGHT)))
        : LocalDateTime.from(sample).getHour() == SAMPLE.getHour();
  }

  /** Whether all texts tell their offset or zone. */
  boolean tellsZone() {
    try {
      return formatter.format(LocalDateTime.from(SAMPLE)).isEmpty();
    } catch (DateTimeException e) {
      return true;
    }
  }

  /** What a time is a whole number of, in milliseconds. */
  public long unitMillis() {
    if (sample instanceof LocalDate) {
      return 86_400_000;
    }
    LocalDateTime told = LocalDateTime.from(sample);
    if (told.getMinute() != SAMPLE.getMinute()) {
      return 3_600_000;
    }
    if (told.getSecond() != SAMPLE.getSecond()) {
      return 60_000;
    }
    return told.getNano() == 0 ? 1000 : 1;
  }

  private TemporalAccessor parsed(String written) {
    return formatter.parseBest(written, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  /**
   * Milliseconds since 1970 UTC.
   *
   * @param zone of a text that tells none
   * @throws DateTimeException if the text is not of this pattern, or no zone is told
   * @throws ArithmeticException if a long can't hold them
   */
  public long millis(String written, Optional<ZoneId> zone) {
    TemporalAccessor time = formatter.parse(written);
    if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(time).toEpochMilli();
    }
    LocalTime clock = time.query(TemporalQueries.localTime());
    LocalDateTime local = LocalDate.from(time).atTime(clock == null ? LocalTime.MIDNIGHT : clock);
    return Optional.ofNullable(time.query(TemporalQueries.zone()))
        .or(() -> zone)
        .map(told -> local.atZone(told).toInstant().toEpochMilli())
        .orElseThrow(() -> new DateTimeException("there is no offset in " + text));
  }

  /** The text of a time. */
  public String written(long millis, ZoneId zone) {
    return formatter.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimePattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it is written in the contract. */
  @Override
  public String toString() {
    return text;
  }
}
