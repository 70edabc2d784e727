package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** The command line's options about what to send. */
final class LoadOptions {

  @Option(
      converter = RateConverter.class,
      names = "--rate",
      paramLabel = "R",
      defaultValue = GeneratorOptionsBuilder.DEFAULT_RATE,
      description = "Events per second, or max (default: ${DEFAULT-VALUE}).")
  private Rate rate;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "CONSTANT",
      description = {
        "How the rate changes (default: constant).",
        "  constant  the rate, all the time",
        "  ramp      from nothing to the rate over one period, then the rate",
        "  burst     5.5 times the rate for a tenth of each period, half of it else",
        "  diurnal   a wave between 0.2 and 1.8 times the rate in each period"
      })
  private RateShape shape;

  @Option(
      converter = DurationConverter.class,
      names = "--period",
      paramLabel = "TIME",
      description = "One cycle of the shape (default: the duration, else 60s).")
  private Duration period;

  @Option(names = "--events", paramLabel = "N", description = "Stop after N events.")
  private Long events;

  @Option(
      converter = DurationConverter.class,
      names = "--duration",
      paramLabel = "TIME",
      description =
          "Send what is due in this time, as 90s or 5m. Without it and without --events: until Ctrl-C.")
  private Duration duration;

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      defaultValue = ContractReader.STANDARD,
      converter = ContractConverter.class,
      description =
          "What the events are: a contract file, or one that ships, weather or telemetry (default: ${DEFAULT-VALUE}). "
              + "All but the weather follow from the types, ranges and values of its fields.")
  private Contract contract;

  @Option(
      names = {"--stations", "--senders"},
      paramLabel = "S",
      description = "Number of weather stations, or of other senders (default: ${DEFAULT-VALUE}).")
  private int stations = GeneratorOptionsBuilder.DEFAULT_STATIONS;

  @Option(
      names = "--seed",
      paramLabel = "X",
      description =
          "The same seed, options and start time send the same events (default: ${DEFAULT-VALUE}).")
  private long seed = GeneratorOptionsBuilder.DEFAULT_SEED;

  @Option(
      names = "--start-time",
      paramLabel = "INSTANT",
      description =
          "Event time of the first event, as 2026-01-31T12:00:00Z (default: now; with --rate max so that the last event is about now).")
  private Instant startTime;

  @Option(
      names = "--event-time-rate",
      paramLabel = "R",
      description = "Events per second of event time, with --rate max (default: ${DEFAULT-VALUE}).")
  private double eventTimeRate = GeneratorOptionsBuilder.DEFAULT_EVENT_TIME_RATE;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "EXTENDED",
      description =
          "Of the weather; seed: the six fields only; extended: with stationId, eventTime and eventId (default: extended).")
  private EventFormat format;

  @Option(
      names = "--invalid-ratio",
      paramLabel = "P",
      description = "Share of broken events, 0 to 1.")
  private double invalidRatio;

  @Option(
      names = "--invalid-kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "Only these kinds of broken events: ${COMPLETION-CANDIDATES} (default: all that the events can have).")
  private Set<InvalidKind> invalidKinds = EnumSet.noneOf(InvalidKind.class);

  @Option(
      names = "--duplicate-ratio",
      paramLabel = "P",
      description = "Share of events that repeat an earlier one.")
  private double duplicateRatio;

  @Option(
      names = "--late-ratio",
      paramLabel = "P",
      description = "Share of events that come after their window closed.")
  private double lateRatio;

  @Option(
      names = "--future-ratio",
      paramLabel = "P",
      description = "Share of events with a time ten years ahead.")
  private double futureRatio;

  @Option(
      converter = DurationConverter.class,
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "The job's window, for late events (default: ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      converter = DurationConverter.class,
      names = "--out-of-orderness",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "The job's out-of-orderness, for late events (default: ${DEFAULT-VALUE}).")
  private Duration outOfOrderness;

  /**
   * The validated options.
   *
   * @throws IllegalArgumentException one line that names the option and what is allowed
   */
  GeneratorOptions toOptions() {
    GeneratorOptionsBuilder builder =
        GeneratorOptions.builder()
            .rate(rate)
            .shape(shape)
            .contract(contract)
            .stations(stations)
            .seed(seed)
            .eventTimeRate(eventTimeRate)
            .format(format)
            .invalidRatio(invalidRatio)
            .invalidKinds(invalidKinds)
            .duplicateRatio(duplicateRatio)
            .lateRatio(lateRatio)
            .futureRatio(futureRatio)
            .window(window)
            .outOfOrderness(outOfOrderness);
    if (period != null) {
      builder.period(period);
    }
    if (events != null) {
      builder.events(events);
    }
    if (duration != null) {
      builder.duration(duration);
    }
    if (startTime != null) {
      builder.startTime(startTime);
    }
    return builder.build();
  }
}
