package io.medallion.maintenance.maintain;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wish to end, which is granted between two steps. */
final class Stop {

  /** Kubernetes kills after 30. What is cut short then is made up for by the next run. */
  private static final long MOST_SECONDS = 25;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** One that Ctrl-C and a termination by the system ask for. */
  static Stop bySignal() {
    Stop stop = new Stop();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::askAndWait, "stop"));
    return stop;
  }

  private void askAndWait() {
    ask();
    try {
      boolean unused = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void ask() {
    asked.countDown();
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits for so long or until it is asked for; returns whether it is. */
  boolean await(Duration time) throws InterruptedException {
    return asked.await(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** There is no step any more. */
  void granted() {
    ended.countDown();
  }
}
