package io.medallion.cluster;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for conditions; one that does not come about is told with the ends of all logs. */
final class Wait {

  /** Things here take seconds; this is for a machine that does ten other things. */
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration POLL = Duration.ofSeconds(1);

  private Wait() {}

  /** A server that does not answer (yet) is a condition that does not hold. */
  static void until(String what, Workspace workspace, Callable<Boolean> condition) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .ignoreException(UncheckedIOException.class)
          .until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("Not within " + PATIENCE + ": " + what + workspace.tails(), e);
    }
  }
}
