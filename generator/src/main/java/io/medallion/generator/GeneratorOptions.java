package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.generator.contract.ContractEvents;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventSpec;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.event.WeatherEvents;
import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What to send. The same options, with a start time, send the same events in the same order.
 *
 * @param rate events per second of wall-clock time
 * @param shape how the rate changes; constant if the rate is max
 * @param period the length of one cycle of the shape
 * @param events how many to send; without it and without a duration: until stopped
 * @param duration for how long to send; with a rate, that is the number of events that are due in
 *     it
 * @param contract what the events are; those of the weather follow from a model, any others from
 *     their types and ranges
 * @param stations how many stations report, each with a climate of its own; of another contract,
 *     how many other senders
 * @param seed what everything random derives from
 * @param format which fields an event of the weather has
 * @param invalidRatio share of broken events, spread evenly over the invalid kinds
 * @param duplicateRatio share of events that repeat the on-time event before them
 * @param lateRatio share of events whose window has certainly closed
 * @param futureRatio share of events ten years ahead
 * @param invalidKinds the kinds of broken events
 * @param startTime event time of the first event; empty: now, or such that a backlog ends now
 * @param eventTimeRate events per second of event time if the rate is max
 * @param window the job's window, for late events
 * @param outOfOrderness how far the job's watermark stays behind, for late events
 */
public record GeneratorOptions(
    Rate rate,
    RateShape shape,
    Duration period,
    OptionalLong events,
    Optional<Duration> duration,
    Contract contract,
    int stations,
    long seed,
    EventFormat format,
    double invalidRatio,
    double duplicateRatio,
    double lateRatio,
    double futureRatio,
    Set<InvalidKind> invalidKinds,
    Optional<Instant> startTime,
    double eventTimeRate,
    Duration window,
    Duration outOfOrderness) {

  private static final int MAX_STATIONS = 1_000_000;
  private static final double ROUNDING = 1e-9;

  /** Validates; an error names the option, its value and what is allowed. */
  public GeneratorOptions {
    invalidKinds = Set.copyOf(invalidKinds);
    duration.ifPresent(value -> positive("duration", value));
    positive("period", period);
    positive("window", window);
    check(!outOfOrderness.isNegative(), "out-of-orderness must not be negative");
    check(events.isEmpty() || events.getAsLong() > 0, "events must be at least 1");
    check(
        stations >= 1 && stations <= MAX_STATIONS,
        "stations must be 1 to " + MAX_STATIONS + ", but is " + stations);
    check(
        eventTimeRate > 0 && Double.isFinite(eventTimeRate),
        "event-time-rate must be above 0, but is " + eventTimeRate);
    ratio("invalid-ratio", invalidRatio);
    ratio("duplicate-ratio", duplicateRatio);
    ratio("late-ratio", lateRatio);
    ratio("future-ratio", futureRatio);
    check(
        invalidRatio + duplicateRatio + lateRatio + futureRatio <= 1 + ROUNDING,
        "the ratios of invalid, duplicate, late and future events must not exceed 1 together");
    if (rate.isMax()) {
      check(shape == RateShape.CONSTANT, "rate max has no shape: choose constant");
      check(
          events.isPresent() || duration.isPresent(),
          "rate max needs an end: give a number of events or a duration");
    }
    check(
        format == EventFormat.EXTENDED || WeatherEvents.are(contract),
        "format seed is that of the weather: leave it out for the contract " + contract.name());
    EventSpec spec = spec(contract, format);
    check(
        spec.tellsTime() || (lateRatio == 0 && futureRatio == 0),
        spec.called() + " has no time of its own in an event: none can be late or in the future");
    check(
        spec.hasId() || duplicateRatio == 0,
        spec.called() + " has no id in an event: none can be a duplicate");
    check(!invalidKinds.isEmpty(), "invalid-kinds must name at least one kind");
    for (InvalidKind kind : invalidKinds) {
      check(
          spec.invalidKinds().contains(kind),
          "%s cannot have the invalid kind %s".formatted(spec.called(), kind));
    }
  }

  /** What the events are, and what can go wrong with them. */
  public EventSpec spec() {
    return spec(contract, format);
  }

  /**
   * The events of a contract.
   *
   * @throws IllegalArgumentException if the contract allows no event
   */
  static EventSpec spec(Contract contract, EventFormat format) {
    return WeatherEvents.are(contract) ? new WeatherEvents(format) : ContractEvents.of(contract);
  }

  public static GeneratorOptionsBuilder builder() {
    return new GeneratorOptionsBuilder();
  }

  private static void ratio(String name, double value) {
    check(value >= 0 && value <= 1, name + " must be 0 to 1, but is " + value);
  }

  private static void positive(String name, Duration value) {
    check(value.toMillis() >= 1, name + " must be at least 1ms, but is " + value);
  }

  private static void check(boolean valid, String problem) {
    if (!valid) {
      throw new IllegalArgumentException(problem);
    }
  }
}
