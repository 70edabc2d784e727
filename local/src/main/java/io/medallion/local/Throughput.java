package io.medallion.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The job's own speed, as the tables tell it.
 *
 * @param events that were added to bronze
 * @param time from the moment the job took in the first of them (the smallest {@code ingestedTime}
 *     in bronze's statistics) to the last commit to any table (the file time in its log)
 */
record Throughput(long events, Duration time) {

  /** None if nothing was committed since the progress was opened. */
  static Optional<Throughput> of(LakeProgress progress) {
    Optional<Instant> first = progress.firstIngestedTime();
    Optional<Instant> last = progress.lastCommit();
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    long events = progress.rows().minus(progress.before()).bronze();
    return Optional.of(new Throughput(events, Duration.between(first.get(), last.get())));
  }

  double eventsPerSecond() {
    return events * 1e3 / Math.max(1, time.toMillis());
  }
}
