package io.medallion.delta;

import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries something again that storage or another writer got in the way of.
 *
 * <p>Storage clients retry single requests themselves; this is for whole operations that begin by
 * reading the log, so that the outcome of the attempt before is known. In the end the job fails and
 * Flink's restart strategy takes over.
 *
 * @param attempts how often at most
 * @param firstDelay before the second attempt; doubled before each further one
 * @param maxDelay the longest delay
 */
record Retries(int attempts, Duration firstDelay, Duration maxDelay) implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  /** About a minute in all. */
  static final Retries DEFAULT = new Retries(12, Duration.ofMillis(100), Duration.ofSeconds(10));

  /** Runs without a count of the retries. */
  <R> R run(String what, Supplier<R> attempt) throws InterruptedException {
    return run(what, attempt, () -> {});
  }

  /**
   * @param what completes "Could not …"
   * @param onRetry called before each attempt but the first
   * @throws TableConflictException at once, as it came
   * @throws UncheckedIOException with advice, when nothing helped
   */
  <R> R run(String what, Supplier<R> attempt, Runnable onRetry) throws InterruptedException {
    Duration delay = firstDelay;
    for (int number = 1; ; number++) {
      try {
        return attempt.get();
      } catch (KernelException
          | KernelEngineException
          | UncheckedIOException
          | NotYetOwnedException failure) {
        if (!isTransient(failure)) {
          throw new TableConflictException(
              "Could not " + what + ": " + failure.getMessage(), failure);
        }
        if (number == attempts) {
          throw new UncheckedIOException(
              new IOException(
                  "Could not "
                      + what
                      + " in "
                      + attempts
                      + " attempts. Nothing is lost: what is not committed is offered again when"
                      + " the job restarts. If it goes on, look at the cause: storage that is"
                      + " unreachable, full or read-only, or a log entry that can't be read. "
                      + failure.getMessage(),
                  failure));
        }
        LOG.warn(
            "Attempt {} to {} failed; reading the log and trying again in {} ms",
            number,
            what,
            delay.toMillis(),
            failure);
        Thread.sleep(delay.toMillis());
        onRetry.run();
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
      }
    }
  }

  /** I/O errors and lost races are; a table that is gone, corrupt or beyond the protocol is not. */
  private static boolean isTransient(RuntimeException failure) {
    return failure instanceof NotYetOwnedException
        || failure instanceof KernelEngineException
        || failure instanceof UncheckedIOException
        || failure instanceof ConcurrentWriteException
        || failure instanceof CommitStateUnknownException
        || failure instanceof MaxCommitRetryLimitReachedException
        || failure instanceof TableAlreadyExistsException;
  }
}
