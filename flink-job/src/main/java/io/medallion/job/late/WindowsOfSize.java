package io.medallion.job.late;

import io.medallion.job.event.TumblingWindows;

/** Which windows of one size are closed, for one subtask. Times in milliseconds. */
final class WindowsOfSize {

  /** What is open, for a metric. */
  final OpenWindows open = new OpenWindows();

  private final TumblingWindows windows;
  private long closedUpTo;

  WindowsOfSize(TumblingWindows windows, long closedUpTo) {
    this.windows = windows;
    this.closedUpTo = closedUpTo;
  }

  /** Windows whose last millisecond is here or before are closed, whatever the partition. */
  long closedUpTo() {
    return closedUpTo;
  }

  /** Closes what a watermark closes. */
  void close(long watermark) {
    closedUpTo = Math.max(closedUpTo, watermark);
    open.close(closedUpTo);
  }

  /**
   * Notes an event.
   *
   * @param horizon windows of its partition that end here or before are closed
   * @return how long its window has been closed; negative if it is open
   */
  long take(long eventTime, long horizon) {
    long windowEnd = windows.endOf(eventTime);
    if (windowEnd <= horizon || windowEnd - 1 <= closedUpTo) {
      return Math.max(0, Math.max(horizon, closedUpTo + 1) - windowEnd);
    }
    open.add(windowEnd);
    return -1;
  }
}
