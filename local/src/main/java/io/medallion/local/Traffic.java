package io.medallion.local;

import io.medallion.generator.EventGenerator;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorSummary;
import io.medallion.generator.GeneratorTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The generator of a run, on a thread of its own. */
final class Traffic {

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<GeneratorSummary> summary = new CompletableFuture<>();

  private Traffic() {}

  static Traffic start(GeneratorOptions options, GeneratorTarget target) {
    Traffic traffic = new Traffic();
    Thread thread = new Thread(() -> traffic.run(options, target), "generator");
    thread.setDaemon(true);
    thread.start();
    return traffic;
  }

  private void run(GeneratorOptions options, GeneratorTarget target) {
    try {
      summary.complete(
          EventGenerator.run(
              options, target, progress -> sent.set(progress.acknowledged()), stop::get));
    } catch (Throwable e) {
      summary.completeExceptionally(e);
    }
  }

  /** Events that the broker has confirmed, as of about a second ago. */
  long sent() {
    return summary.isDone() && !summary.isCompletedExceptionally()
        ? summary.join().acknowledged()
        : sent.get();
  }

  /**
   * Whether everything was sent.
   *
   * @throws IllegalStateException if the generator failed
   */
  boolean isOver() {
    return summary.isDone() && summary() != null;
  }

  /** Ends the sending early and waits for what is under way. */
  GeneratorSummary stop() {
    stop.set(true);
    return summary();
  }

  private GeneratorSummary summary() {
    GeneratorSummary result;
    try {
      result = summary.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "The generator failed: " + e.getCause().getMessage(), e.getCause());
    }
    if (!result.succeeded()) {
      throw new IllegalStateException(
          "The broker did not take %,d events of the generator: %s"
              .formatted(result.failed(), result.failure().orElse("not acknowledged")));
    }
    return result;
  }
}
