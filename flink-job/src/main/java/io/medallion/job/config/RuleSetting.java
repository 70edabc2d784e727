package io.medallion.job.config;

import java.util.stream.Collectors;

/** The names of the settings that override the rules of a contract's field. */
public final class RuleSetting {

  static final String RANGE = ".range";
  static final String SEVERITY = ".severity";

  private RuleSetting() {}

  /** {@code rule.wind.speed.range} of {@code windSpeed}. */
  public static String range(String field) {
    return ConfigKey.RULE_PREFIX + dotted(field) + RANGE;
  }

  /** {@code rule.wind.speed.severity} of {@code windSpeed}. */
  public static String severity(String field) {
    return ConfigKey.RULE_PREFIX + dotted(field) + SEVERITY;
  }

  /** {@code wind.speed} of {@code windSpeed}. */
  static String dotted(String field) {
    return field
        .chars()
        .mapToObj(
            c -> Character.isUpperCase(c) ? "." + (char) Character.toLowerCase(c) : "" + (char) c)
        .collect(Collectors.joining());
  }
}
