package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.WeatherRecord;
import java.io.Serializable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The rules that an event is judged by, as far as they can be configured. What cannot is the same
 * for all: see {@link io.medallion.job.event.RejectReason}.
 *
 * @param eventTime on the event time, once the arrival is known
 */
public record Rules(
    ValueCheck temperature,
    ValueCheck humidity,
    ValueCheck windSpeed,
    ValueCheck precipitation,
    EventTimeRule eventTime)
    implements Serializable {

  /** Counts up with every change of what is accepted by default. */
  public static final int VERSION = 3;

  private static final int OVERRIDDEN = 1_000_000;

  /** The rules without any configuration. */
  public static Rules standard() {
    return new Rules(
        ValueCheck.standard(ValueRule.TEMPERATURE),
        ValueCheck.standard(ValueRule.HUMIDITY),
        ValueCheck.standard(ValueRule.WIND_SPEED),
        ValueCheck.standard(ValueRule.PRECIPITATION),
        EventTimeRule.standard());
  }

  /** The same rules but for this one. */
  public Rules with(ValueCheck check) {
    return switch (check.rule()) {
      case TEMPERATURE -> new Rules(check, humidity, windSpeed, precipitation, eventTime);
      case HUMIDITY -> new Rules(temperature, check, windSpeed, precipitation, eventTime);
      case WIND_SPEED -> new Rules(temperature, humidity, check, precipitation, eventTime);
      case PRECIPITATION -> new Rules(temperature, humidity, windSpeed, check, eventTime);
    };
  }

  /** The same rules but for the one on event times. */
  public Rules with(EventTimeRule rule) {
    return new Rules(temperature, humidity, windSpeed, precipitation, rule);
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
   * that times a million plus a number from 1 to 999,999 which follows from what is: 3 is version 3
   * as it comes, 3481937 some configuration of it. The same configuration has the same number in
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
    Stream<String> time = Stream.of(eventTime.overrides()).filter(text -> !text.isEmpty());
    return Stream.concat(checks, time).collect(Collectors.joining("; "));
  }

  /** The version and what is configured, for the log of the job: there the number's meaning is. */
  @Override
  public String toString() {
    String overrides = overrides();
    return "Rules[version=%d%s]"
        .formatted(version(), overrides.isEmpty() ? "" : ", overrides=" + overrides);
  }
}
