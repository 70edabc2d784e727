package io.medallion.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** A count's growth per second over the last seconds, from samples of the count. */
final class RateMeter {

  private static final long WINDOW_NANOS = 10_000_000_000L;

  private record Sample(long nanos, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Takes a sample and returns the rate.
   *
   * @param nanos {@link System#nanoTime} of the sample
   */
  double rate(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    return nanos == first.nanos ? 0 : (count - first.count) * 1e9 / (nanos - first.nanos);
  }
}
