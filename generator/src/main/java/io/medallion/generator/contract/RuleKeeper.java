package io.medallion.generator.contract;

import io.medallion.contract.Contract;
import io.medallion.contract.Rule;
import io.medallion.contract.Severity;
import io.medallion.contract.expressions.NamedValues;
import java.util.Comparator;
import java.util.List;

/**
 * Finds events that keep to the rules of a contract, by trying: an event that breaks one is made
 * anew, with other values of the same sender, time and id.
 */
final class RuleKeeper {

  private static final int MOST_ATTEMPTS = 1000;

  private final Contract contract;

  /** Those that reject come first: an event that breaks others is still valid. */
  private final List<Rule> rules;

  private final MadeValues values;

  RuleKeeper(Contract contract, MadeValues values) {
    this.contract = contract;
    this.rules = contract.rules().stream().sorted(Comparator.comparing(Rule::severity)).toList();
    this.values = values;
  }

  /**
   * The first attempt that breaks no rule; else the first one that breaks none that rejects.
   *
   * @throws IllegalArgumentException if none of many attempts does
   */
  Moment keeping(Moment first) {
    Moment flagged = null;
    Moment moment = first;
    Rule broken = broken(moment);
    for (int i = 0; i < MOST_ATTEMPTS && broken != null; i++) {
      flagged = flagged == null && broken.severity() == Severity.WARN ? moment : flagged;
      moment = moment.again();
      broken = broken(moment);
    }
    if (broken != null && flagged == null) {
      throw new IllegalArgumentException(
          "the contract %s allows no event that %,d attempts could find: the last one breaks its rule %s, '%s'. Ranges and values of the fields that it is about may lead there"
              .formatted(contract.name(), MOST_ATTEMPTS, broken.code(), broken.check().text()));
    }
    return broken == null ? moment : flagged;
  }

  private Rule broken(Moment moment) {
    NamedValues named = name -> values.of(name, moment);
    for (Rule rule : rules) {
      if (Boolean.FALSE.equals(rule.check().of(named))) {
        return rule;
      }
    }
    return null;
  }
}
