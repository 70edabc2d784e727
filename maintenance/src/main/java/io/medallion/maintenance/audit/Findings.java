package io.medallion.maintenance.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects what one check counts and what breaks it: of the latter all by number, few by text. */
final class Findings {

  static final int MAX_EXAMPLES = 5;

  private final String name;
  private final String rule;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long violations;

  /**
   * @param name short and constant, for scripts
   * @param rule what holds if the check holds, for people
   */
  Findings(String name, String rule) {
    this.name = name;
    this.rule = rule;
  }

  void count(String what, long number) {
    counts.put(what, number);
  }

  void violation(String format, Object... values) {
    violations(1, format, values);
  }

  /** Several of a kind, one of them as an example. */
  void violations(long number, String format, Object... values) {
    violations += number;
    if (examples.size() < MAX_EXAMPLES) {
      examples.add(String.format(Locale.ROOT, format, values));
    }
  }

  boolean hasViolations() {
    return violations > 0;
  }

  CheckResult result() {
    return new CheckResult(name, violations == 0, rule, counts, violations, examples);
  }
}
