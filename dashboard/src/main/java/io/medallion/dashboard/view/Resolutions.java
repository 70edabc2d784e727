package io.medallion.dashboard.view;

import java.time.Duration;
import java.util.stream.LongStream;

/** In which widths of time windows are kept: each for {@value Level#BUCKETS} buckets back. */
final class Resolutions {

  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final int FACTOR = 12;

  private Resolutions() {}

  /**
   * The windows themselves first, and hours, which reach back 30 days, last.
   *
   * @param windowSeconds size of a window
   * @return widths in seconds, ascending
   */
  static long[] of(long windowSeconds) {
    long first = Math.max(1, windowSeconds);
    return LongStream.concat(
            LongStream.iterate(first, width -> width < HOUR, width -> width * FACTOR),
            LongStream.of(Math.max(HOUR, first)))
        .toArray();
  }
}
