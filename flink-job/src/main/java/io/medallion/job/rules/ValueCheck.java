package io.medallion.job.rules;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import java.io.Serializable;

/**
 * A value rule as it is configured.
 *
 * @param limits within the rule's outer limits
 * @param severity of a breach of the limits; one of the outer limits always rejects
 */
public record ValueCheck(ValueRule rule, Range limits, Severity severity) implements Serializable {

  public ValueCheck {
    if (!rule.outerLimits().contains(limits)) {
      throw new IllegalArgumentException(
          "%s is not within %s".formatted(limits, rule.outerLimits()));
    }
  }

  static ValueCheck standard(ValueRule rule) {
    return new ValueCheck(rule, rule.defaultLimits(), rule.defaultSeverity());
  }

  /** Notes on the record if the value of the rule's field breaks the rule. */
  void check(double value, WeatherRecord record) {
    if (!limits.contains(value)) {
      breach(value, record);
    }
  }

  private void breach(double value, WeatherRecord record) {
    Range allowed = severity == Severity.WARN ? rule.outerLimits() : limits;
    if (allowed.contains(value)) {
      record.warn(rule.bit());
    } else {
      record.reject(
          RejectReason.OUT_OF_RANGE,
          "%s %s is outside %s %s".formatted(rule.field(), value, allowed, rule.unit()));
    }
  }

  @Override
  public String toString() {
    return "%s: %s outside %s %s".formatted(rule.field(), severity, limits, rule.unit());
  }
}
