package io.medallion.generator;

import io.medallion.generator.event.EventKind;
import io.medallion.generator.event.InvalidKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Counts what the broker acknowledged, kind by kind, and what failed. One callback per kind serves
 * all events of it, so that counting creates nothing. Thread-safe.
 */
final class Deliveries {

  private final Map<EventKind, Counter> kinds = counters(EventKind.class);
  private final Map<InvalidKind, Counter> invalidKinds = counters(InvalidKind.class);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();

  /** The callback for an event; {@code invalidKind} is null unless it is invalid. */
  Callback callback(EventKind kind, InvalidKind invalidKind) {
    return invalidKind == null ? kinds.get(kind) : invalidKinds.get(invalidKind);
  }

  long acknowledged(EventKind kind) {
    return kind == EventKind.INVALID ? sum(invalidKinds) : kinds.get(kind).get();
  }

  Map<InvalidKind, Long> acknowledgedInvalid() {
    Map<InvalidKind, Long> counts = new EnumMap<>(InvalidKind.class);
    invalidKinds.forEach((kind, counter) -> counts.put(kind, counter.get()));
    return counts;
  }

  long acknowledged() {
    return sum(kinds) + sum(invalidKinds);
  }

  long failed() {
    return failed.get();
  }

  /** The first failure; the others usually follow from it. */
  Optional<Exception> firstFailure() {
    return Optional.ofNullable(firstFailure.get());
  }

  boolean hasFailed() {
    return firstFailure.get() != null;
  }

  /** Notes a failure that is not that of a single event. */
  void abort(Exception cause) {
    firstFailure.compareAndSet(null, cause);
  }

  private <K extends Enum<K>> Map<K, Counter> counters(Class<K> kinds) {
    Map<K, Counter> counters = new EnumMap<>(kinds);
    for (K kind : kinds.getEnumConstants()) {
      counters.put(kind, new Counter());
    }
    return counters;
  }

  private static long sum(Map<?, Counter> counters) {
    return counters.values().stream().mapToLong(Counter::get).sum();
  }

  private final class Counter implements Callback {

    private final AtomicLong count = new AtomicLong();

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
      if (exception == null) {
        count.incrementAndGet();
      } else {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, exception);
      }
    }

    long get() {
      return count.get();
    }
  }
}
