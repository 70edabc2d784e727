package io.medallion.generator;

import io.medallion.generator.rate.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Options, settled for a run that begins now.
 *
 * <p>No event of a run is ahead of the clock: a paced event's time is when it is due, and without a
 * pace the start lies so far back that the last event is not after now.
 *
 * @param startTime event time of the first event, whole milliseconds
 * @param schedule the event times after it; also when events are sent, if the run is paced
 * @param paced whether sending follows the schedule
 * @param events how many to send at most
 * @param timeLimit after which to stop even if fewer were sent
 */
record RunPlan(
    Instant startTime,
    Schedule schedule,
    boolean paced,
    long events,
    Optional<Duration> timeLimit) {

  /** Leaves room before it for late events, which must not reach back before 1970. */
  private static final Instant EARLIEST_START = Instant.parse("1971-01-01T00:00:00Z");

  /** More than a machine can send, to find a start for a run whose number of events is open. */
  private static final double FASTEST_PER_SECOND = 5_000_000;

  static RunPlan of(GeneratorOptions options, Instant now) {
    RunPlan plan = options.rate().isMax() ? backlog(options, now) : paced(options, now);
    if (plan.startTime().isBefore(EARLIEST_START)) {
      throw new IllegalArgumentException(
          "event time would start at %s: choose a start-time from %s on, fewer events or a higher event-time-rate"
              .formatted(plan.startTime(), EARLIEST_START));
    }
    return plan;
  }

  private static RunPlan paced(GeneratorOptions options, Instant now) {
    Schedule schedule = new Schedule(options.rate().perSecond(), options.shape(), options.period());
    Instant start = millis(options.startTime().orElse(now));
    if (start.isAfter(now)) {
      throw new IllegalArgumentException(
          "start-time %s lies in the future: choose now or earlier".formatted(start));
    }
    long due = options.duration().map(schedule::eventsWithin).orElse(Long.MAX_VALUE);
    long events = Math.min(due, options.events().orElse(Long.MAX_VALUE));
    return new RunPlan(start, schedule, true, events, Optional.empty());
  }

  private static RunPlan backlog(GeneratorOptions options, Instant now) {
    Schedule schedule = Schedule.constant(options.eventTimeRate());
    long possible =
        options
            .duration()
            .map(Schedule.constant(FASTEST_PER_SECOND)::eventsWithin)
            .orElse(Long.MAX_VALUE);
    long events = Math.min(possible, options.events().orElse(Long.MAX_VALUE));
    Duration span = Duration.ofNanos(schedule.nanosOf(events));
    Instant start = millis(options.startTime().orElse(now.minus(span)));
    if (start.plus(span).isAfter(now)) {
      throw new IllegalArgumentException(
          "start-time %s and event-time-rate %s would take %d events to %s, which is in the future: choose an earlier start or a higher event-time-rate"
              .formatted(start, options.eventTimeRate(), events, millis(start.plus(span))));
    }
    return new RunPlan(start, schedule, false, events, options.duration());
  }

  private static Instant millis(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
