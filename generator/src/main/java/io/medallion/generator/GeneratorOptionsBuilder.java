package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Collects {@link GeneratorOptions}; what is not set has the command line's default. */
public final class GeneratorOptionsBuilder {

  private static final Rate DEFAULT_RATE = new Rate(1_000);
  private static final int DEFAULT_STATIONS = 100;
  private static final long DEFAULT_SEED = 1;
  private static final double DEFAULT_EVENT_TIME_RATE = 20_000;

  private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(60);

  private Rate rate = DEFAULT_RATE;
  private RateShape shape = RateShape.CONSTANT;
  private Optional<Duration> period = Optional.empty();
  private OptionalLong events = OptionalLong.empty();
  private Optional<Duration> duration = Optional.empty();
  private Contract contract = ContractReader.standard();
  private int stations = DEFAULT_STATIONS;
  private long seed = DEFAULT_SEED;
  private EventFormat format = EventFormat.EXTENDED;
  private double invalidRatio;
  private double duplicateRatio;
  private double lateRatio;
  private double futureRatio;
  private Set<InvalidKind> invalidKinds = Set.of();
  private Optional<Instant> startTime = Optional.empty();
  private double eventTimeRate = DEFAULT_EVENT_TIME_RATE;
  private Duration window = Duration.ofMinutes(5);
  private Duration outOfOrderness = Duration.ofMinutes(5);

  GeneratorOptionsBuilder() {}

  public GeneratorOptionsBuilder rate(Rate value) {
    rate = value;
    return this;
  }

  public GeneratorOptionsBuilder shape(RateShape value) {
    shape = value;
    return this;
  }

  /** Default: the duration if there is one, else a minute. */
  public GeneratorOptionsBuilder period(Duration value) {
    period = Optional.of(value);
    return this;
  }

  public GeneratorOptionsBuilder events(long value) {
    events = OptionalLong.of(value);
    return this;
  }

  public GeneratorOptionsBuilder duration(Duration value) {
    duration = Optional.of(value);
    return this;
  }

  /** Default: the weather. */
  public GeneratorOptionsBuilder contract(Contract value) {
    contract = value;
    return this;
  }

  public GeneratorOptionsBuilder stations(int value) {
    stations = value;
    return this;
  }

  public GeneratorOptionsBuilder seed(long value) {
    seed = value;
    return this;
  }

  public GeneratorOptionsBuilder format(EventFormat value) {
    format = value;
    return this;
  }

  public GeneratorOptionsBuilder invalidRatio(double value) {
    invalidRatio = value;
    return this;
  }

  public GeneratorOptionsBuilder duplicateRatio(double value) {
    duplicateRatio = value;
    return this;
  }

  public GeneratorOptionsBuilder lateRatio(double value) {
    lateRatio = value;
    return this;
  }

  public GeneratorOptionsBuilder futureRatio(double value) {
    futureRatio = value;
    return this;
  }

  /** Default, also for an empty set: all that the events can have. */
  public GeneratorOptionsBuilder invalidKinds(Set<InvalidKind> value) {
    invalidKinds = value;
    return this;
  }

  public GeneratorOptionsBuilder startTime(Instant value) {
    startTime = Optional.of(value);
    return this;
  }

  public GeneratorOptionsBuilder eventTimeRate(double value) {
    eventTimeRate = value;
    return this;
  }

  public GeneratorOptionsBuilder window(Duration value) {
    window = value;
    return this;
  }

  public GeneratorOptionsBuilder outOfOrderness(Duration value) {
    outOfOrderness = value;
    return this;
  }

  /**
   * The validated options.
   *
   * @throws IllegalArgumentException one line that names the option and what is allowed
   */
  public GeneratorOptions build() {
    return new GeneratorOptions(
        rate,
        shape,
        period.or(() -> duration).orElse(DEFAULT_PERIOD),
        events,
        duration,
        contract,
        stations,
        seed,
        format,
        invalidRatio,
        duplicateRatio,
        lateRatio,
        futureRatio,
        invalidKinds.isEmpty()
            ? GeneratorOptions.spec(contract, format).invalidKinds()
            : invalidKinds,
        startTime,
        eventTimeRate,
        window,
        outOfOrderness);
  }
}
