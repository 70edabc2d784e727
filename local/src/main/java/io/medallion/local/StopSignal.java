package io.medallion.local;

import io.medallion.cli.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (SIGINT) and SIGTERM, as a request to stop that the main thread waits for. The second one
 * ends the process at once, with exit code 130.
 *
 * <p>A handler and not a JVM shutdown hook: hooks run side by side, and those of Flink, Kafka and
 * Hadoop would close what a stop with savepoint still needs. The JDK's only API for that is {@code
 * sun.misc.Signal} (module jdk.unsupported), called by reflection because javac warns of its name.
 */
final class StopSignal {

  private static final long SAME_SIGNAL_NANOS = 300_000_000L;

  private final CountDownLatch requested = new CountDownLatch(1);
  private long requestedAt;

  private StopSignal() {}

  /** Takes over SIGINT and SIGTERM. */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    try {
      Class<?> signalClass = Class.forName("sun.misc.Signal");
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
      InvocationHandler onSignal =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              signal.request();
            }
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(), new Class<?>[] {handlerClass}, onSignal);
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signalClass.getConstructor(String.class).newInstance(name), handler);
      }
      return signal;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java runtime has no sun.misc.Signal", e);
    }
  }

  /**
   * The first call asks to stop, a later one ends the process. Programs such as {@code timeout}
   * send one signal twice, to the process and to its group: that counts as one.
   */
  private synchronized void request() {
    long now = System.nanoTime();
    if (requested.getCount() == 0) {
      if (now - requestedAt > SAME_SIGNAL_NANOS) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
      }
      return;
    }
    requestedAt = now;
    requested.countDown();
  }

  /** Waits for the request, at most this long; returns whether it has come. */
  boolean await(Duration atMost) throws InterruptedException {
    return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
