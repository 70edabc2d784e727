package io.medallion.job.late;

import java.util.TreeSet;

/** The windows that have events on time and are not closed, for a metric. */
final class OpenWindows {

  private final TreeSet<Long> ends = new TreeSet<>();
  private long last = Long.MIN_VALUE;
  private volatile int count;

  /** Notes an event on time of the window that ends there. */
  void add(long windowEnd) {
    if (windowEnd != last) {
      last = windowEnd;
      ends.add(windowEnd);
      count = ends.size();
    }
  }

  /** Forgets the windows whose last millisecond is the watermark or before. */
  void close(long watermark) {
    while (!ends.isEmpty() && ends.first() - 1 <= watermark) {
      ends.pollFirst();
      last = Long.MIN_VALUE;
    }
    count = ends.size();
  }

  int count() {
    return count;
  }
}
