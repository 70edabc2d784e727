package io.medallion.job.config;

import io.medallion.job.rules.EventTimeRule;
import io.medallion.job.rules.Range;
import io.medallion.job.rules.Rules;
import io.medallion.job.rules.Severity;
import io.medallion.job.rules.ValueCheck;
import io.medallion.job.rules.ValueRule;

/** Reads the rules that events are judged by. */
final class RulesConfig {

  private RulesConfig() {}

  static Rules of(Settings settings) {
    return new Rules(
        check(
            settings,
            ValueRule.TEMPERATURE,
            ConfigKey.TEMPERATURE_RANGE,
            ConfigKey.TEMPERATURE_SEVERITY),
        check(settings, ValueRule.HUMIDITY, ConfigKey.HUMIDITY_RANGE, ConfigKey.HUMIDITY_SEVERITY),
        check(
            settings,
            ValueRule.WIND_SPEED,
            ConfigKey.WIND_SPEED_RANGE,
            ConfigKey.WIND_SPEED_SEVERITY),
        check(
            settings,
            ValueRule.PRECIPITATION,
            ConfigKey.PRECIPITATION_RANGE,
            ConfigKey.PRECIPITATION_SEVERITY),
        new EventTimeRule(
            settings.duration(ConfigKey.FUTURE_TOLERANCE),
            settings.duration(ConfigKey.PAST_TOLERANCE),
            settings.choice(ConfigKey.PAST_SEVERITY, Severity.class)));
  }

  private static ValueCheck check(
      Settings settings, ValueRule rule, ConfigKey range, ConfigKey severity) {
    try {
      return new ValueCheck(
          rule, Range.parse(settings.required(range)), settings.choice(severity, Severity.class));
    } catch (IllegalArgumentException e) {
      throw settings.malformed(
          range,
          "a range within %s %s, as in '%s': %s"
              .formatted(rule.outerLimits(), rule.unit(), rule.defaultLimits(), e.getMessage()));
    }
  }
}
