package io.medallion.generator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns Ctrl-C (and a plain kill) into a stop signal, and holds the JVM's end back until the work
 * is closed, so that a stopped run still says what it sent. The JVM then exits with 128 plus the
 * signal's number, 130 for Ctrl-C.
 */
final class InterruptSignal implements BooleanSupplier, AutoCloseable {

  /** Longer than a stopped run waits for its acknowledgements. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop-generator");
  private volatile boolean asked;
  private volatile boolean stopped;

  /** Listens from now on. */
  static InterruptSignal listen() {
    InterruptSignal signal = new InterruptSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  private InterruptSignal() {}

  @Override
  public boolean getAsBoolean() {
    asked = true;
    return stopped;
  }

  private void stop() {
    stopped = true;
    if (!asked) {
      // Still connecting: there is nothing to close and nothing to say.
      return;
    }
    try {
      closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when everything has been said. */
  @Override
  public void close() {
    closed.countDown();
    if (!stopped) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM began to end just now: the hook runs, finds the work closed, and is done.
        stopped = true;
      }
    }
  }
}
