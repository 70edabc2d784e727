package io.medallion.contract.compare;

import io.medallion.contract.Contract;
import io.medallion.contract.Rule;
import io.medallion.contract.compare.Difference.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What differs between two contracts in what they mean: comments, descriptions of the same thing in
 * other words of YAML, and the order of fields, columns and tables are no difference.
 *
 * @param differences in the order of a contract file
 */
public record ContractDiff(List<Difference> differences) {

  public ContractDiff {
    differences = List.copyOf(differences);
  }

  /**
   * Compares.
   *
   * @param old what a lake has
   * @param next what it is to have
   */
  public static ContractDiff between(Contract old, Contract next) {
    Differences found = new Differences();
    found.compare(
        Kind.BREAKING, "contract", "name", Optional.of(old.name()), Optional.of(next.name()));
    found.text(Kind.ADDITIVE, "contract", "description", old.description(), next.description());
    Replay replay = new Replay(next);
    EventDiff.add(found, replay, old.event(), next.event());
    new SilverDiff(found, replay, old, next).add();
    addRules(found, replay, old.rules(), next.rules());
    new GoldDiff(found, old, next).add();
    addVersion(found, old.version(), next.version());
    return new ContractDiff(found.all());
  }

  private static void addRules(Differences found, Replay replay, List<Rule> old, List<Rule> next) {
    Map<String, Rule> before = byCode(old);
    Map<String, Rule> after = byCode(next);
    Set<String> codes = new LinkedHashSet<>(before.keySet());
    codes.addAll(after.keySet());
    for (String code : codes) {
      found.compareRestating(
          "rules." + code,
          "check",
          Optional.ofNullable(before.get(code)).map(ContractDiff::shown),
          Optional.ofNullable(after.get(code)).map(ContractDiff::shown),
          replay.everything());
    }
  }

  private static Map<String, Rule> byCode(List<Rule> rules) {
    Map<String, Rule> byCode = new LinkedHashMap<>();
    rules.forEach(rule -> byCode.put(rule.code(), rule));
    return byCode;
  }

  private static String shown(Rule rule) {
    return "%s (%s)"
        .formatted(rule.check().text(), rule.severity().name().toLowerCase(Locale.ROOT));
  }

  /** Rows tell the rules that they were judged by with the version, so it has to count up. */
  private static void addVersion(Differences found, int old, int next) {
    boolean changesRows = found.all().stream().anyMatch(change -> change.kind() != Kind.ADDITIVE);
    if (next > old) {
      found.add(Kind.ADDITIVE, "version", "%d is %d now".formatted(old, next));
    } else if (next < old || !found.all().isEmpty()) {
      found.add(
          changesRows ? Kind.BREAKING : Kind.ADDITIVE,
          "version",
          next == old
              ? "%d stands for two contracts: count it up".formatted(old)
              : "%d is %d now: it counts up with every change".formatted(old, next));
    }
  }

  public boolean hasDifferences() {
    return !differences.isEmpty();
  }

  /** The greatest kind; empty if nothing differs. */
  public Optional<Kind> greatest() {
    return differences.stream().map(Difference::kind).max(Comparator.naturalOrder());
  }

  /** The differences of a kind. */
  public List<Difference> of(Kind kind) {
    return differences.stream().filter(difference -> difference.kind() == kind).toList();
  }
}
