package io.medallion.local;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A resource that is opened on a thread of its own, while others are opened.
 *
 * <p>Closing waits for it and closes it, also if nobody ever asked for it.
 */
final class Opening<T> implements AutoCloseable {

  private final CompletableFuture<T> resource = new CompletableFuture<>();

  private final Consumer<T> closer;

  private Opening(Consumer<T> closer) {
    this.closer = closer;
  }

  static <T> Opening<T> start(String name, Callable<T> open, Consumer<T> closer) {
    Opening<T> opening = new Opening<>(closer);
    Thread thread = new Thread(() -> opening.run(open), "opening-" + name);
    thread.setDaemon(true);
    thread.start();
    return opening;
  }

  private void run(Callable<T> open) {
    try {
      resource.complete(open.call());
    } catch (Throwable e) {
      resource.completeExceptionally(e);
    }
  }

  /** Waits for the resource; throws what its opening threw. */
  T get() throws Exception {
    try {
      return resource.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    T opened = resource.exceptionally(failure -> null).join();
    if (opened != null) {
      closer.accept(opened);
    }
  }
}
