package io.medallion.dashboard.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes to connections, and cuts one off that takes nothing of what it is sent for {@value
 * #SECONDS} seconds: else the thread that writes would belong to it.
 */
final class Patience {

  static final int SECONDS = 5;

  /** Little enough that a slow but living connection takes it in time. */
  private static final int CHUNK_BYTES = 16 * 1024;

  /** {@link System#nanoTime} at which the running write of a thread began. */
  private final Map<Thread, Long> writing = new ConcurrentHashMap<>();

  /**
   * @param timer looks after the writes
   */
  Patience(ScheduledExecutorService timer) {
    var unused = timer.scheduleWithFixedDelay(this::cutOff, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Writes all bytes and flushes.
   *
   * @throws IOException if the connection is gone, or was cut off
   */
  void write(OutputStream out, byte[] bytes) throws IOException {
    for (int from = 0; from < bytes.length; from += CHUNK_BYTES) {
      writing.put(Thread.currentThread(), System.nanoTime());
      try {
        out.write(bytes, from, Math.min(CHUNK_BYTES, bytes.length - from));
        out.flush();
      } finally {
        end();
      }
    }
  }

  private void end() {
    // In turn with cutOff(): what was meant for this write is not to hit the next one.
    writing.compute(
        Thread.currentThread(),
        (thread, began) -> {
          Thread.interrupted();
          return null;
        });
  }

  /** Interrupting a blocked write closes its connection. */
  private void cutOff() {
    for (Thread writer : writing.keySet()) {
      writing.computeIfPresent(
          writer,
          (thread, began) -> {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(SECONDS)) {
              thread.interrupt();
            }
            return began;
          });
    }
  }
}
