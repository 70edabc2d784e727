package io.medallion.job.source;

import java.time.Duration;
import org.apache.flink.util.clock.Clock;

/**
 * What the partitions of one source subtask know of each other, all on the subtask's thread.
 *
 * <p>Before the subtask has read its first event, silence may be a slow start: a partition has to
 * be assigned, a connection made. And while a partition delivers events that the broker took long
 * ago, the subtask catches up: the records of the others may wait behind this backlog.
 */
final class SourceActivity {

  private static final Duration SLOWEST_START = Duration.ofSeconds(30);

  private final long idleMillis;
  private final Clock wallClock;
  private boolean started;
  private long lastBacklogRead = Long.MIN_VALUE;

  SourceActivity(Duration idleTimeout, Clock wallClock) {
    this.idleMillis = idleTimeout.toMillis();
    this.wallClock = wallClock;
  }

  /** Notes that an event was delivered that the broker had taken at this time. */
  void delivered(long enqueuedTime) {
    started = true;
    long now = wallClock.absoluteTimeMillis();
    if (now - enqueuedTime > idleMillis) {
      lastBacklogRead = now;
    }
  }

  /** Whether events older than the idle timeout were delivered within the last idle timeout. */
  boolean readsBacklog() {
    return lastBacklogRead != Long.MIN_VALUE
        && wallClock.absoluteTimeMillis() - lastBacklogRead <= idleMillis;
  }

  /** How long a partition has to be silent, in milliseconds, before its watermark goes on. */
  long silenceNeeded() {
    return started ? idleMillis : Math.max(idleMillis, SLOWEST_START.toMillis());
  }
}
