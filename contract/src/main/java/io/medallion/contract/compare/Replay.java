package io.medallion.contract.compare;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tables a replay of bronze would fill otherwise. */
final class Replay {

  private final Contract contract;

  Replay(Contract contract) {
    this.contract = contract;
  }

  /** Where other events would be valid, of another key or at another time. */
  List<String> everything() {
    List<String> tables = new ArrayList<>(List.of("silver", "quarantine", "late"));
    contract.gold().forEach(table -> tables.add(table.path()));
    return tables;
  }

  /** Where a column of silver would have other values, and all that follows from it. */
  List<String> column(String name) {
    if (contract.rules().stream().anyMatch(rule -> rule.check().names().contains(name))) {
      return everything();
    }
    Set<String> columns = new HashSet<>(Set.of(name));
    for (DerivedColumn derived : contract.silver()) {
      if (derived.formula().names().contains(name)) {
        columns.add(derived.name());
      }
    }
    List<String> tables = new ArrayList<>(List.of("silver", "late"));
    contract.gold().stream()
        .filter(table -> isOf(table, columns))
        .forEach(table -> tables.add(table.path()));
    return tables;
  }

  private static boolean isOf(GoldTable table, Set<String> columns) {
    return table.by().filter(columns::contains).isPresent()
        || table.columns().stream()
            .flatMap(column -> column.aggregate().arguments().stream())
            .anyMatch(columns::contains);
  }
}
