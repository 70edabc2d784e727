package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventSpec;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The command line's options about what to send, of {@code generate} and of {@code local}. */
public final class EventOptions {

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      description =
          "What the events are: a contract file, or one that ships, weather or telemetry (default:"
              + " weather). All but the weather follow from the types, ranges and values of its"
              + " fields. A lake stays with its contract.")
  private String contract;

  @Option(
      names = "--rate",
      paramLabel = "R",
      converter = RateConverter.class,
      description = "Events per second, or max (default: 1000; of 'local' with --events: max).")
  private Rate rate;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description = {
        "How the rate changes (default: constant).",
        "  constant  the rate, all the time",
        "  ramp      from nothing to the rate over one period, then the rate",
        "  burst     5.5 times the rate for a tenth of each period, half of it else",
        "  diurnal   a wave between 0.2 and 1.8 times the rate in each period"
      })
  private RateShape shape;

  @Option(
      names = "--period",
      paramLabel = "TIME",
      description = "One cycle of the shape (default: the duration, else 60s).")
  private Duration period;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Send N events, then end; 'local' with --bootstrap: read N.")
  private Long events;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description =
          "Send what is due in this time, as 90s or 5min, then end. Without it and without --events:"
              + " until Ctrl-C.")
  private Duration duration;

  @Option(
      names = {"--stations", "--senders"},
      paramLabel = "S",
      description = "Number of weather stations, or of other senders (default: 100).")
  private Integer stations;

  @Option(
      names = "--seed",
      paramLabel = "X",
      description =
          "The same seed, options and start time send the same events (default: 1; of 'local':"
              + " random, and printed).")
  private Long seed;

  @Option(
      names = "--start-time",
      paramLabel = "INSTANT",
      description =
          "Event time of the first event, as 2026-01-31T12:00:00Z (default: now; with --rate max so"
              + " that the last event is about now).")
  private Instant startTime;

  @Option(
      names = "--event-time-rate",
      paramLabel = "R",
      description = "Events per second of event time, with --rate max (default: 20000).")
  private Double eventTimeRate;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Of the weather; seed: the six fields only; extended: with stationId, eventTime and"
              + " eventId (default: extended).")
  private EventFormat format = EventFormat.EXTENDED;

  @Option(
      names = "--invalid-ratio",
      paramLabel = "P",
      description = "Share of broken events, 0 to 1 (default: 0; of 'local': 0.01).")
  private Double invalidRatio;

  @Option(
      names = "--invalid-kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "Only these kinds of broken events: ${COMPLETION-CANDIDATES} (default: all that the events"
              + " can have).")
  private Set<InvalidKind> invalidKinds = EnumSet.noneOf(InvalidKind.class);

  @Option(
      names = "--duplicate-ratio",
      paramLabel = "P",
      description =
          "Share of events that repeat an earlier one (default: 0; of 'local': 0.01 if events have an"
              + " id).")
  private Double duplicateRatio;

  @Option(
      names = "--late-ratio",
      paramLabel = "P",
      description =
          "Share of events that come after their window closed (default: 0; of 'local': 0.01 if"
              + " events tell a time).")
  private Double lateRatio;

  @Option(
      names = "--future-ratio",
      paramLabel = "P",
      description =
          "Share of events with a time ten years ahead (default: 0; of 'local': 0.001 if events tell"
              + " a time).")
  private Double futureRatio;

  /** The name of one that ships, or a file. */
  public Optional<String> contract() {
    return Optional.ofNullable(contract);
  }

  public Optional<Rate> rate() {
    return Optional.ofNullable(rate);
  }

  public Optional<Long> events() {
    return Optional.ofNullable(events);
  }

  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  /**
   * What was given, with the usual troubles instead of none if they are not asked for.
   *
   * @param contract that the events follow
   * @param usual share of broken events, of copies, of late ones and, a tenth of it, of those from
   *     the future: of each as far as the contract has room for it
   * @throws IllegalArgumentException if the contract allows no event
   */
  public GeneratorOptionsBuilder builder(Contract contract, double usual) {
    EventSpec spec = GeneratorOptions.spec(contract, format);
    GeneratorOptionsBuilder builder =
        GeneratorOptions.builder()
            .contract(contract)
            .format(format)
            .invalidKinds(invalidKinds)
            .invalidRatio(or(invalidRatio, usual))
            .duplicateRatio(or(duplicateRatio, spec.hasId() ? usual : 0))
            .lateRatio(or(lateRatio, spec.tellsTime() ? usual : 0))
            .futureRatio(or(futureRatio, spec.tellsTime() ? usual / 10 : 0));
    rate().ifPresent(builder::rate);
    Optional.ofNullable(shape).ifPresent(builder::shape);
    Optional.ofNullable(period).ifPresent(builder::period);
    events().ifPresent(builder::events);
    duration().ifPresent(builder::duration);
    Optional.ofNullable(stations).ifPresent(builder::stations);
    Optional.ofNullable(seed).ifPresent(builder::seed);
    Optional.ofNullable(startTime).ifPresent(builder::startTime);
    Optional.ofNullable(eventTimeRate).ifPresent(builder::eventTimeRate);
    return builder;
  }

  public Optional<Long> seed() {
    return Optional.ofNullable(seed);
  }

  private static double or(Double given, double usual) {
    return given == null ? usual : given;
  }
}
