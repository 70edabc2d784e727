package io.medallion.generator;

import io.medallion.eventhubs.BrokerProbe;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.generator.event.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Sends the events of one run and counts what arrived.
 *
 * <p>Every event is acknowledged by all replicas, once, and in the order of its key (idempotent
 * producer), or counted as failed. The first failure ends the run: nothing is skipped silently.
 */
public final class EventGenerator {

  /** How long a run that was stopped waits for what it has sent. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final long NONE = Long.MIN_VALUE;

  private final GeneratorOptions options;
  private final GeneratorTarget target;
  private final ProgressListener listener;
  private final RunPlan plan;
  private final Deliveries deliveries = new Deliveries();
  private final EventStream events;
  private final SenderOrder senders;

  private long sent;
  private long firstOnTime = NONE;
  private long lastOnTime = NONE;

  private EventGenerator(
      GeneratorOptions options, GeneratorTarget target, ProgressListener listener, RunPlan plan) {
    this.options = options;
    this.target = target;
    this.listener = listener;
    this.plan = plan;
    this.events = new EventStream(options, plan.startTime().toEpochMilli(), plan.schedule());
    this.senders = new SenderOrder(target.topic());
  }

  /**
   * Sends events until they are all sent, the time is up or {@code stop} says true, and waits until
   * the broker has acknowledged them.
   *
   * @param stop asked several times a second on the calling thread
   * @throws BrokerUnavailableException if broker or topic can't be used; nothing was sent then
   * @throws IllegalArgumentException if the start time doesn't fit the clock
   */
  public static GeneratorSummary run(
      GeneratorOptions options,
      GeneratorTarget target,
      ProgressListener listener,
      BooleanSupplier stop) {
    BrokerProbe.check(target.clientProperties(), target.topic(), target.connectTimeout());
    RunPlan plan = RunPlan.of(options, Instant.now());
    return new EventGenerator(options, target, listener, plan).run(stop);
  }

  private GeneratorSummary run(BooleanSupplier stop) {
    Producer<byte[], byte[]> producer = EventProducer.create(target);
    Pacer pacer = new Pacer(plan, stop, this::report);
    try {
      while (sent < plan.events() && !deliveries.hasFailed() && pacer.awaitTurn(sent)) {
        sendNext(producer);
      }
    } catch (KafkaException e) {
      // The producer itself is beyond use; what it already sent still counts.
      deliveries.abort(e);
    } finally {
      // Waits for what was sent; what is still open after the timeout counts as failed.
      boolean hurry = stop.getAsBoolean() || deliveries.hasFailed();
      producer.close(hurry ? STOP_TIMEOUT : EventProducer.DELIVERY_TIMEOUT);
    }
    return summary(pacer.elapsed());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
  private void sendNext(Producer<byte[], byte[]> producer) {
    events.next();
    producer.send(
        senders.record(producer, events.message()),
        deliveries.callback(events.kind(), events.invalidKind()));
    sent++;
    if (events.kind() == EventKind.ON_TIME) {
      lastOnTime = events.eventTime();
      if (firstOnTime == NONE) {
        firstOnTime = lastOnTime;
      }
    }
  }

  private void report(Duration elapsed) {
    listener.progress(
        new GeneratorProgress(sent, deliveries.acknowledged(), deliveries.failed(), elapsed));
  }

  private GeneratorSummary summary(Duration elapsed) {
    return new GeneratorSummary(
        sent,
        deliveries.acknowledged(),
        deliveries.failed(),
        deliveries.firstFailure().map(EventGenerator::describe),
        deliveries.acknowledged(EventKind.ON_TIME),
        deliveries.acknowledged(EventKind.LATE),
        deliveries.acknowledged(EventKind.DUPLICATE),
        deliveries.acknowledged(EventKind.FUTURE),
        deliveries.acknowledgedInvalid(),
        eventTime(firstOnTime),
        eventTime(lastOnTime),
        plan.startTime(),
        options.seed(),
        elapsed);
  }

  private Optional<Instant> eventTime(long millis) {
    return millis == NONE || !options.spec().tellsTime()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static String describe(Exception failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
