package io.medallion.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far long work is. Short work says nothing. */
public final class Ticker {

  private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int TICKS_BETWEEN_LOOKS = 1 << 10;

  private final PrintStream out;
  private final String what;
  private long expected;
  private long ticks;
  private long last = System.nanoTime();

  /**
   * @param what such as {@code silver: rows}
   */
  public Ticker(PrintStream out, String what) {
    this.out = out;
    this.what = what;
  }

  /** So many more are expected, about. */
  public void expect(long more) {
    expected += more;
  }

  /** Another one is done. */
  public void tick() {
    if (++ticks % TICKS_BETWEEN_LOOKS == 0 && System.nanoTime() - last > PERIOD_NANOS) {
      last = System.nanoTime();
      String of = expected > 0 ? String.format(Locale.ROOT, " of %,d", expected) : "";
      out.printf(Locale.ROOT, "%s %,d%s%n", what, ticks, of);
    }
  }
}
