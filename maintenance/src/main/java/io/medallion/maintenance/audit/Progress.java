package io.medallion.maintenance.audit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far the reading is. A short audit says nothing. */
final class Progress {

  private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int ROWS_BETWEEN_LOOKS = 1 << 14;

  private final PrintStream out;
  private long total;
  private long rows;
  private long last = System.nanoTime();

  /**
   * @param total rows to read, about
   */
  Progress(PrintStream out, long total) {
    this.out = out;
    this.total = total;
  }

  /** So many more are to be read. */
  void more(long further) {
    total += further;
  }

  /** Another row was read. */
  void row() {
    if (++rows % ROWS_BETWEEN_LOOKS == 0 && System.nanoTime() - last > PERIOD_NANOS) {
      last = System.nanoTime();
      out.printf(Locale.ROOT, "read %,d of %,d rows%n", rows, total);
    }
  }
}
