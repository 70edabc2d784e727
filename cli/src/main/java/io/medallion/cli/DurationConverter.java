package io.medallion.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations such as {@code 500ms}, {@code 60s}, {@code 5 min} and {@code 1h}, with the names
 * of units that Flink has for them.
 */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,9})\\s*(?:(ms|milli|millis|milliseconds?)|(s|sec|secs|seconds?)|(m|min|minutes?)"
              + "|(h|hours?)|(d|days?))");

  /** In the order of the groups. */
  private static final List<ChronoUnit> UNITS =
      List.of(
          ChronoUnit.MILLIS,
          ChronoUnit.SECONDS,
          ChronoUnit.MINUTES,
          ChronoUnit.HOURS,
          ChronoUnit.DAYS);

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a length of time such as 500ms, 60s, 5min, 1h or 2d");
    }
    long amount = Long.parseLong(matcher.group(1));
    int group = 2;
    while (matcher.group(group) == null) {
      group++;
    }
    return Duration.of(amount, UNITS.get(group - 2));
  }
}
