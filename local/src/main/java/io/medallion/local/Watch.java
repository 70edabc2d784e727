package io.medallion.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Follows a run on the main thread: shows the live line, and finds out when a phase of the run is
 * over, was interrupted, or failed.
 */
final class Watch {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final long SHOW_EVERY_NANOS = 1_000_000_000L;

  private final StopSignal signal;
  private final LakeProgress progress;
  private final LiveLine line;
  private final long start = System.nanoTime();
  private long nextShow = start;
  private Optional<Traffic> traffic = Optional.empty();
  private Optional<RunningJob> job = Optional.empty();

  Watch(StopSignal signal, LakeProgress progress, LiveLine line) {
    this.signal = signal;
    this.progress = progress;
    this.line = line;
  }

  void follow(Traffic started) {
    traffic = Optional.of(started);
  }

  void follow(RunningJob started) {
    job = Optional.of(started);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Waits until the condition holds.
   *
   * @return false if the run was asked to stop before
   * @throws JobFailedException if the job fails for good before
   * @throws IllegalStateException if the generator fails before
   */
  boolean until(BooleanSupplier condition) throws JobFailedException, InterruptedException {
    while (!condition.getAsBoolean()) {
      if (signal.await(TICK)) {
        return false;
      }
      if (job.isPresent()) {
        job.get().requireRunning();
      }
      traffic.ifPresent(Traffic::isOver);
      progress.refresh();
      showOnceASecond();
    }
    return true;
  }

  private void showOnceASecond() {
    long now = System.nanoTime();
    if (now - nextShow >= 0) {
      nextShow += SHOW_EVERY_NANOS * ((now - nextShow) / SHOW_EVERY_NANOS + 1);
      show();
    }
  }

  void show() {
    line.show(
        elapsed(),
        traffic.map(Traffic::sent).orElse(0L),
        progress.rows(),
        progress.lastCommit().map(commit -> Duration.between(commit, Instant.now())));
  }
}
