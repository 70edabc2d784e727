package io.medallion.generator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Holds the sending thread back until an event is due, and looks up every now and then: for the
 * stop signal, the time limit and the progress report. A run that fell behind catches up.
 */
final class Pacer {

  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Short enough to react to a stop, long enough that a slow rate costs no CPU time. */
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Events that are due within it go together: waking up for each would cost more than sending. */
  private static final long SHORTEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Events, a power of two, after which an unpaced run looks at the clock. */
  private static final int LOOK_UP_EVERY = 256;

  private final RunPlan plan;
  private final BooleanSupplier stop;
  private final Consumer<Duration> report;
  private final long timeLimitNanos;
  private final long startNanos = System.nanoTime();

  private long elapsedNanos;
  private long nextReportNanos = REPORT_EVERY_NANOS;

  Pacer(RunPlan plan, BooleanSupplier stop, Consumer<Duration> report) {
    this.plan = plan;
    this.stop = stop;
    this.report = report;
    this.timeLimitNanos = plan.timeLimit().map(Duration::toNanos).orElse(Long.MAX_VALUE);
  }

  /** Waits for the event's turn; false if the run is to end before it. */
  boolean awaitTurn(long index) {
    if (plan.paced()) {
      long due = plan.schedule().nanosOf(index);
      while (elapsedNanos < due) {
        if (!lookUp()) {
          return false;
        }
        long wait = due - elapsedNanos;
        if (wait > 0) {
          LockSupport.parkNanos(Math.max(SHORTEST_PARK_NANOS, Math.min(LONGEST_PARK_NANOS, wait)));
        }
      }
    }
    return (index & (LOOK_UP_EVERY - 1)) != 0 || lookUp();
  }

  /** Time since the run began. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private boolean lookUp() {
    elapsedNanos = System.nanoTime() - startNanos;
    if (elapsedNanos >= nextReportNanos) {
      nextReportNanos = elapsedNanos + REPORT_EVERY_NANOS;
      report.accept(Duration.ofNanos(elapsedNanos));
    }
    return elapsedNanos < timeLimitNanos && !stop.getAsBoolean();
  }
}
