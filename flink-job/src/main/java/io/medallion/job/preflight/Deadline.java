package io.medallion.job.preflight;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bounds the wait for a file system, which may retry for minutes. */
final class Deadline {

  private Deadline() {}

  /**
   * Runs a task in a thread of its own, which does not keep the process alive.
   *
   * @param what the thread is named after
   * @throws ExecutionException if the task fails
   * @throws TimeoutException if it takes longer; the task is interrupted
   */
  static <T> T await(String what, Duration deadline, Callable<T> task)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = new Thread(future, "preflight " + what);
    thread.setDaemon(true);
    thread.start();
    try {
      return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw e;
    }
  }
}
