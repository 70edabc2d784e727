package io.medallion.cli;

import java.util.Locale;

/** Numbers for people. */
public final class Figures {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Figures() {}

  /** With thousands separated: {@code 1,234}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** With three digits or so, and a unit of 1024: {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(
            Locale.ROOT, Math.abs(value) < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
