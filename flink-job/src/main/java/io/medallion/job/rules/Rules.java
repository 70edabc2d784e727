package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.WeatherRecord;
import java.io.Serializable;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The rules that an event is judged by, as far as they can be configured. What cannot is the same
 * for all: see {@link io.medallion.job.event.RejectReason}.
 *
 * @param futureTolerance how far an event time may be ahead of the event's arrival
 */
public record Rules(
    ValueCheck temperature,
    ValueCheck humidity,
    ValueCheck windSpeed,
    ValueCheck precipitation,
    Duration futureTolerance)
    implements Serializable {

  /** Counts up with every change of what is accepted by default. */
  public static final int VERSION = 2;

  public static final Duration DEFAULT_FUTURE_TOLERANCE = Duration.ofMinutes(5);

  private static final int OVERRIDDEN = 1_000_000;

  /** The rules without any configuration. */
  public static Rules standard() {
    return new Rules(
        ValueCheck.standard(ValueRule.TEMPERATURE),
        ValueCheck.standard(ValueRule.HUMIDITY),
        ValueCheck.standard(ValueRule.WIND_SPEED),
        ValueCheck.standard(ValueRule.PRECIPITATION),
        DEFAULT_FUTURE_TOLERANCE);
  }

  /** The same rules but for this one. */
  public Rules with(ValueCheck check) {
    return switch (check.rule()) {
      case TEMPERATURE -> new Rules(check, humidity, windSpeed, precipitation, futureTolerance);
      case HUMIDITY -> new Rules(temperature, check, windSpeed, precipitation, futureTolerance);
      case WIND_SPEED -> new Rules(temperature, humidity, check, precipitation, futureTolerance);
      case PRECIPITATION -> new Rules(temperature, humidity, windSpeed, check, futureTolerance);
    };
  }

  /** The same rules but for the tolerance of event times from the future. */
  public Rules withFutureTolerance(Duration tolerance) {
    return new Rules(temperature, humidity, windSpeed, precipitation, tolerance);
  }

  /**
   * Notes on the record which of the rules on values its event breaks. Allocates nothing if none.
   */
  public void check(WeatherRecord record) {
    temperature.check(record.temperature, record);
    humidity.check(record.humidity, record);
    windSpeed.check(record.windSpeed, record);
    precipitation.check(record.precipitation, record);
  }

  /**
   * What quarantine calls these rules: {@link #VERSION}, or if anything is configured otherwise,
   * that times a million plus a number from 1 to 999,999 which follows from what is: 2 is version 2
   * as it comes, 2481937 some configuration of it. The same configuration has the same number in
   * every job.
   */
  public int version() {
    String overrides = overrides();
    if (overrides.isEmpty()) {
      return VERSION;
    }
    CRC32 checksum = new CRC32();
    checksum.update(overrides.getBytes(UTF_8));
    return VERSION * OVERRIDDEN + 1 + (int) (checksum.getValue() % (OVERRIDDEN - 1));
  }

  /** What is not as it comes; empty if nothing is. */
  private String overrides() {
    Stream<String> checks =
        Stream.of(temperature, humidity, windSpeed, precipitation)
            .filter(check -> !check.equals(ValueCheck.standard(check.rule())))
            .map(ValueCheck::toString);
    Stream<String> tolerance =
        Stream.of(futureTolerance)
            .filter(duration -> !duration.equals(DEFAULT_FUTURE_TOLERANCE))
            .map(duration -> "future: REJECT beyond " + duration.toMillis() + " ms");
    return Stream.concat(checks, tolerance).collect(Collectors.joining("; "));
  }

  /** The version and what is configured, for the log of the job: there the number's meaning is. */
  @Override
  public String toString() {
    String overrides = overrides();
    return "Rules[version=%d%s]"
        .formatted(version(), overrides.isEmpty() ? "" : ", overrides=" + overrides);
  }
}
