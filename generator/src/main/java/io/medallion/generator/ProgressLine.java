package io.medallion.generator;

import java.io.PrintStream;

/**
 * Writes a run's progress: one line that renews itself on a terminal, a line each time elsewhere.
 */
final class ProgressLine implements ProgressListener {

  private static final String TO_LINE_START = "\r";
  private static final String TO_LINE_END = "\u001b[K";

  private final PrintStream out;
  private final boolean terminal;

  private double lastSeconds;
  private long lastAcknowledged;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void progress(GeneratorProgress progress) {
    double seconds = progress.elapsed().toMillis() / 1000.0;
    double rate = (progress.acknowledged() - lastAcknowledged) / (seconds - lastSeconds);
    lastSeconds = seconds;
    lastAcknowledged = progress.acknowledged();
    String line =
        "%6.0f s  sent %,d  acknowledged %,d  %,.0f events/s  errors %,d"
            .formatted(seconds, progress.sent(), progress.acknowledged(), rate, progress.failed());
    if (terminal) {
      out.print(TO_LINE_START + line + TO_LINE_END);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Removes the renewed line, so that the summary starts on a clean one. */
  void clear() {
    if (terminal) {
      out.print(TO_LINE_START + TO_LINE_END);
      out.flush();
    }
  }
}
