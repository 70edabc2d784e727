package io.medallion.local;

import io.medallion.cli.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One line that tells how the run is going: on a terminal rewritten in place every second,
 * elsewhere a new line every {@value #PLAIN_SECONDS} seconds.
 */
final class LiveLine {

  private static final int PLAIN_SECONDS = 5;
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private final RateMeter sentRate = new RateMeter();
  private final RateMeter bronzeRate = new RateMeter();
  private long lastShown = Long.MIN_VALUE;
  private boolean open;

  /**
   * @param columns the terminal's width, to which the line is cut; 0 if it is not a terminal
   */
  LiveLine(Console console, int columns) {
    this.out = console.progress();
    this.err = console.err();
    this.columns = columns;
  }

  /**
   * @param sent events that the generator has sent in this run
   * @param rows of the whole lake
   */
  void show(Duration elapsed, long sent, TableRows rows, Optional<Duration> sinceCommit) {
    long now = System.nanoTime();
    double sentPerSecond = sentRate.rate(now, sent);
    double bronzePerSecond = bronzeRate.rate(now, rows.bronze());
    long second = elapsed.toSeconds();
    if (columns == 0 && lastShown != Long.MIN_VALUE && second - lastShown < PLAIN_SECONDS) {
      return;
    }
    lastShown = second;
    String line =
        String.format(
            Locale.ROOT,
            "%4ds sent %,d (%,.0f/s) bronze %,d (%,.0f/s) silver %,d quarantine %,d late %,d gold %,d, commit %s",
            second,
            sent,
            sentPerSecond,
            rows.bronze(),
            bronzePerSecond,
            rows.silver(),
            rows.quarantine(),
            rows.late(),
            rows.gold(),
            sinceCommit.map(LiveLine::age).orElse("-"));
    if (columns > 0) {
      // One column less: writing the last one makes some terminals go to the next line.
      out.print("\r" + line.substring(0, Math.min(line.length(), columns - 1)) + CLEAR_TO_END);
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  private static String age(Duration sinceCommit) {
    return String.format(Locale.ROOT, "%.1f s ago", sinceCommit.toMillis() / 1e3);
  }

  /** Prints a message of its own; the live line goes on below it. */
  void message(String text) {
    end();
    out.println(text);
  }

  /** As {@link #message}, but also where nobody wants to see progress. */
  void warning(String text) {
    end();
    err.println("warning   " + text);
  }

  /** Leaves the line as it stands. */
  void end() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
