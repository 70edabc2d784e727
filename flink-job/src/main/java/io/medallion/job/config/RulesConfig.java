package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Field;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.job.rules.EventTimeRule;
import io.medallion.job.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the contract, and the settings that override its rules: {@code rule.FIELD.range} and {@code
 * rule.FIELD.severity}, with the words of the field's name in small letters between points.
 */
final class RulesConfig {

  private RulesConfig() {}

  static Rules of(Settings settings) {
    return overridden(settings, contract(settings));
  }

  /**
   * As {@link #of(Settings)}, with another contract for that of the weather as the default.
   *
   * @param contract that counts if the settings name none
   */
  static Rules of(Settings settings, Contract contract) {
    return overridden(
        settings, settings.isGiven(ConfigKey.CONTRACT) ? contract(settings) : contract);
  }

  private static Rules overridden(Settings settings, Contract contract) {
    Rules rules =
        Rules.of(contract)
            .with(
                new EventTimeRule(
                    settings.duration(ConfigKey.FUTURE_TOLERANCE),
                    settings.duration(ConfigKey.PAST_TOLERANCE),
                    settings.choice(ConfigKey.PAST_SEVERITY, Severity.class)));
    Map<String, String> overrides = new TreeMap<>(settings.under(ConfigKey.RULE_PREFIX));
    for (Field field : rules.contract().fields()) {
      if (Rules.hasNumbers(field)) {
        rules = overridden(rules, field, overrides);
      }
    }
    if (!overrides.isEmpty()) {
      String unknown = ConfigKey.RULE_PREFIX + overrides.keySet().iterator().next();
      throw new ConfigException(
          "Unknown setting '%s': did you mean '%s'? The contract '%s' has rules for its fields with numbers"
              .formatted(
                  unknown,
                  ConfigKey.nearest(unknown, keys(rules.contract())),
                  rules.contract().name()));
    }
    return rules;
  }

  private static Contract contract(Settings settings) {
    try {
      return ContractReader.named(settings.required(ConfigKey.CONTRACT));
    } catch (ContractException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** Takes the settings of a field out of the overrides. */
  private static Rules overridden(Rules rules, Field field, Map<String, String> overrides) {
    String name = RuleSetting.dotted(field.name());
    String range = overrides.remove(name + RuleSetting.RANGE);
    String severity = overrides.remove(name + RuleSetting.SEVERITY);
    if (range == null && severity == null) {
      return rules;
    }
    if (range == null && field.range().isEmpty()) {
      throw new ConfigException(
          "The setting %s has no effect: the contract '%s' gives '%s' no range. Set %s too"
              .formatted(
                  RuleSetting.severity(field.name()),
                  rules.contract().name(),
                  field.name(),
                  RuleSetting.range(field.name())));
    }
    Range standard = field.range().orElse(field.limits());
    return rules.with(
        field.name(),
        range == null ? standard : range(field, range),
        severity == null ? field.severity() : severity(field, severity));
  }

  private static Range range(Field field, String text) {
    try {
      Range range = Range.parse(text.strip());
      if (!field.limits().contains(range)) {
        throw new IllegalArgumentException("%s is not within %s".formatted(range, field.limits()));
      }
      return range;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "The setting %s = '%s' is not a range within %s%s, as in '%s': %s"
              .formatted(
                  RuleSetting.range(field.name()),
                  text,
                  field.limits(),
                  field.unit().isEmpty() ? "" : " " + field.unit(),
                  field.range().orElse(field.limits()),
                  e.getMessage()));
    }
  }

  private static Severity severity(Field field, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "reject" -> Severity.REJECT;
      case "warn" -> Severity.WARN;
      default ->
          throw new ConfigException(
              "The setting %s = '%s' is not one of reject, warn"
                  .formatted(RuleSetting.severity(field.name()), text));
    };
  }

  private static List<String> keys(Contract contract) {
    List<String> keys = new ArrayList<>();
    for (Field field : contract.fields()) {
      if (Rules.hasNumbers(field)) {
        keys.add(RuleSetting.range(field.name()));
        keys.add(RuleSetting.severity(field.name()));
      }
    }
    return keys.isEmpty() ? List.of(ConfigKey.CONTRACT.key()) : keys;
  }
}
