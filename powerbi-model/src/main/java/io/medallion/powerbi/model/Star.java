package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a contract's model, their names, and which refers to which: facts are the tables of
 * gold, dimensions the columns that they are by, and compass points.
 */
final class Star {

  static final String LATE = "Late events";
  static final String QUARANTINE = "Quarantine";
  static final String HEALTH = "Pipeline health";
  static final String DATE = "Date";

  private final Contract contract;
  private final List<Fact> facts = new ArrayList<>();

  /** The name of the dimension by the column of silver whose values it has. */
  private final Map<String, String> values = new LinkedHashMap<>();

  /** The name of the dimension by the direction that it has the points of. */
  private final Map<String, String> compasses = new LinkedHashMap<>();

  Star(Contract contract) {
    this.contract = contract;
    Names names = new Names();
    names.reserve(Names.DEVICES);
    names.reserve(List.of(LATE, QUARANTINE, HEALTH, DATE));
    nameFacts(names);
    for (Fact fact : facts) {
      fact.table().by().ifPresent(by -> relateToValues(fact, by, names));
      if (!fact.isToldFromOthers()) {
        relateToCompasses(fact, names);
      }
    }
  }

  private void nameFacts(Names names) {
    List<String> all = contract.gold().stream().map(GoldTable::name).toList();
    Map<GoldTable, Fact> made = new HashMap<>();
    // Those that others are told from first.
    for (boolean isFine : new boolean[] {true, false}) {
      for (GoldTable table : contract.gold()) {
        if (table.by().isPresent() == isFine) {
          String label = Labels.title(table.name());
          List<Fact> finer = isFine ? List.of() : finer(table, made);
          String name = names.take(label, label + " (gold)");
          String distinction = Labels.distinction(table.name(), all);
          made.put(table, new Fact(contract, table, name, distinction, finer));
        }
      }
    }
    contract.gold().forEach(table -> facts.add(made.get(table)));
  }

  private List<Fact> finer(GoldTable table, Map<GoldTable, Fact> made) {
    return contract.gold().stream()
        .map(made::get)
        .filter(fact -> fact != null && fact.table().by().isPresent())
        .filter(fact -> fact.table().window().equals(table.window()))
        .toList();
  }

  private void relateToValues(Fact fact, String by, Names names) {
    String label = Fact.byName(by);
    fact.relate(by, values.computeIfAbsent(by, column -> names.take(label, label + " (values)")));
  }

  private void relateToCompasses(Fact fact, Names names) {
    for (GoldTable.Column column : fact.table().columns()) {
      if (column.aggregate().function() == Function.MEAN_COMPASS_POINT) {
        String direction = Fact.lastArgument(column.aggregate());
        String label = Labels.title(direction);
        String dimension =
            compasses.computeIfAbsent(direction, name -> names.take(label, label + " (points)"));
        fact.relate(column.name(), dimension);
      }
    }
  }

  Contract contract() {
    return contract;
  }

  /** In the order of the contract. */
  List<Fact> facts() {
    return facts;
  }

  /**
   * The table that answers first: by key, else by another column, else over everything; of several
   * the first that counts events.
   */
  Fact main() {
    List<Fact> candidates = new ArrayList<>();
    facts.stream().filter(Fact::isByKey).forEach(candidates::add);
    facts.stream().filter(fact -> fact.table().by().isPresent()).forEach(candidates::add);
    candidates.addAll(facts);
    return candidates.stream()
        .filter(fact -> fact.eventCount().isPresent())
        .findFirst()
        .orElse(candidates.get(0));
  }

  /** The main one first, then the others in the order of the contract. */
  List<Fact> mainFirst() {
    Fact main = main();
    List<Fact> ordered = new ArrayList<>(facts);
    ordered.remove(main);
    ordered.add(0, main);
    return ordered;
  }

  /** Dimensions of values by the column of silver that has them. */
  Map<String, String> values() {
    return values;
  }

  /** Dimensions of compass points by the direction. */
  Map<String, String> compasses() {
    return compasses;
  }

  /** The dimension of keys, if a table is by them. */
  Optional<String> keys() {
    return Optional.ofNullable(values.get(contract.keyColumn()));
  }
}
