package io.medallion.generator.rate;

import java.time.Duration;

/**
 * When each event is due: event 0 at once, the others as rate and shape have it. Due times never
 * decrease, and depend on nothing but these three values.
 *
 * @param rate events per second
 * @param shape how the rate changes
 * @param period what the shape's time is measured in
 */
public record Schedule(double rate, RateShape shape, Duration period) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Absorbs the rounding of an integral that should be a whole number of events. */
  private static final double ROUNDING = 1e-6;

  /** An unchanging rate. */
  public static Schedule constant(double rate) {
    return new Schedule(rate, RateShape.CONSTANT, Duration.ofSeconds(1));
  }

  /** Nanoseconds from the start to event number {@code index}. */
  public long nanosOf(long index) {
    return (long) (shape.timeOf(index / eventsPerPeriod()) * periodNanos());
  }

  /** How many events are due before a duration has passed. */
  public long eventsWithin(Duration duration) {
    double events = shape.eventsBy(nanos(duration) / periodNanos()) * eventsPerPeriod();
    return (long) Math.ceil(events - ROUNDING);
  }

  private double eventsPerPeriod() {
    return rate * periodNanos() / NANOS_PER_SECOND;
  }

  private double periodNanos() {
    return nanos(period);
  }

  private static double nanos(Duration duration) {
    return duration.getSeconds() * NANOS_PER_SECOND + duration.getNano();
  }
}
