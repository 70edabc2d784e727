package io.medallion.job.source;

import io.medallion.job.config.AlarmConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when too many of the events that a source subtask reads are rejected: their share in a
 * window of the clock, one window after the other, is above a threshold. A window of fewer events
 * than the minimum is never above.
 *
 * <p>An episode lasts from the first such window to the next one that is not above. It begins and
 * ends with one line in the log; in between, {@link #isRaised} is true. A window is judged when the
 * first event after its end comes, so without any events an episode stands as it is.
 *
 * <p>Not thread-safe, but for what metrics read.
 */
final class RejectAlarm {

  private static final Logger LOG = LoggerFactory.getLogger(RejectAlarm.class);

  private final AlarmConfig config;
  private final String subtask;
  private final long windowMillis;

  /** There is no window before the first event: every time is before this one. */
  private long windowStart = Long.MAX_VALUE;

  private long events;
  private long rejects;

  private volatile boolean raised;
  private volatile double share;

  /**
   * @param subtask whose events these are, for the log
   */
  RejectAlarm(AlarmConfig config, String subtask) {
    this.config = config;
    this.subtask = subtask;
    this.windowMillis = config.window().toMillis();
  }

  /**
   * Counts an event.
   *
   * @param now milliseconds of the wall clock; should it be set back, the window starts over
   * @throws TooManyRejectsException if a window ended above the threshold and that is to fail the
   *     job
   */
  void count(boolean rejected, long now) {
    long age = now - windowStart;
    if (age < 0 || age >= windowMillis) {
      if (age >= windowMillis) {
        judge();
      }
      windowStart = now;
      events = 0;
      rejects = 0;
    }
    events++;
    if (rejected) {
      rejects++;
    }
  }

  /** Whether the last window was above the threshold. */
  boolean isRaised() {
    return raised;
  }

  /** The share of rejected events in the last window, 0 to 1. */
  double share() {
    return share;
  }

  private void judge() {
    share = (double) rejects / events;
    boolean before = raised;
    raised = events >= config.minEvents() && share > config.share();
    if (raised && config.fails()) {
      throw new TooManyRejectsException(describe());
    }
    if (raised && !before) {
      LOG.error("Reject alarm: {}", describe());
    } else if (!raised && before) {
      LOG.info(
          "Reject alarm over: {} rejected {} of {} events in the last {}",
          subtask,
          rejects,
          events,
          config.window());
    }
  }

  private String describe() {
    return "%s rejected %d of %d events within %s, more than the share of %s that alarm.reject.share allows. They are in the table quarantine with the reason of each; the metric quarantinedEvents counts them by reason"
        .formatted(subtask, rejects, events, config.window(), config.share());
  }
}
