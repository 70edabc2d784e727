package io.medallion.contract;

import io.medallion.contract.expressions.Expression;
import io.medallion.contract.expressions.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rules. */
final class RuleReader {

  private static final int MAX_RULES = 64;

  /** Reasons and quality flags that the job has for every contract. */
  private static final Set<String> TAKEN =
      Set.of(
          "NULL_BODY",
          "EMPTY_BODY",
          "BODY_TOO_LARGE",
          "INVALID_UTF8",
          "INVALID_JSON",
          "TRAILING_DATA",
          "NOT_AN_OBJECT",
          "DUPLICATE_KEY",
          "MISSING_FIELD",
          "NULL_FIELD",
          "WRONG_TYPE",
          "UNKNOWN_WIND_DIRECTION",
          "INVALID_TEXT",
          "VALUE_NOT_ALLOWED",
          "OUT_OF_RANGE",
          "INVALID_EVENT_TIME",
          "FUTURE_EVENT_TIME",
          "PAST_EVENT_TIME",
          "BROKEN_RULE",
          "INVALID_VALUE",
          "REDRIVEN");

  private final Expressions expressions;
  private final Set<String> codes = new HashSet<>();

  RuleReader(Expressions expressions) {
    this.expressions = expressions;
  }

  List<Rule> rules(YamlNode node) {
    List<YamlNode> items = node.list();
    if (items.size() > MAX_RULES) {
      throw node.error("%d rules; %d are allowed", items.size(), MAX_RULES);
    }
    List<Rule> rules = new ArrayList<>();
    items.forEach(item -> rules.add(rule(item)));
    return rules;
  }

  private Rule rule(YamlNode node) {
    YamlNode.Entries entries = node.map("a rule");
    String code = code(entries.require("code", "what quarantine and silver call it"));
    YamlNode place =
        entries.require("check", "what has to hold, as in 'windSpeed < 120 || precipitation > 0'");
    Expression check = expressions.read(place);
    if (check.type() != ValueType.BOOLEAN) {
      throw place.error("a rule is true or false, and this gives a %s", Expressions.name(check));
    }
    if (check.names().isEmpty()) {
      throw place.error("the rule is about no field: it holds for all events or for none");
    }
    Severity severity =
        entries.take("severity").map(value -> value.choice(Severity.class)).orElse(Severity.REJECT);
    Optional<YamlNode> description = entries.take("description");
    entries.end();
    return new Rule(code, check, severity, ContractReader.text(description, ""));
  }

  private String code(YamlNode node) {
    String code = node.text();
    if (!code.matches("[A-Z][A-Z0-9_]{0,63}")) {
      throw node.error(
          "'%s' can't be a rule's code: a capital letter, then capital letters, digits and _, at most 64",
          code);
    }
    if (TAKEN.contains(code)) {
      throw node.error("'%s' is a reason of the job: choose another code", code);
    }
    if (!codes.add(code)) {
      throw node.error("there is a rule '%s' already", code);
    }
    return code;
  }
}
