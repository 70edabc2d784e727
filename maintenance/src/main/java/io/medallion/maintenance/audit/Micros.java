package io.medallion.maintenance.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Delta's timestamps: microseconds since 1970, UTC. */
final class Micros {

  private static final long PER_DAY = 86_400_000_000L;

  private Micros() {}

  static LocalDate date(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, PER_DAY));
  }

  /** The first microsecond after the day. */
  static long endOf(LocalDate day) {
    return (day.toEpochDay() + 1) * PER_DAY;
  }

  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  static String text(long start, long end) {
    return text(start) + ".." + text(end);
  }
}
