package io.medallion.local;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The number of rows of every table at one moment.
 *
 * @param of rows by table name, in the order of {@link LakeProgress#tables}
 */
record TableRows(Map<String, Long> of) {

  TableRows minus(TableRows earlier) {
    Map<String, Long> difference = new LinkedHashMap<>();
    of.forEach((name, rows) -> difference.put(name, rows - earlier.of.get(name)));
    return new TableRows(difference);
  }

  long bronze() {
    return of.get("bronze");
  }

  long silver() {
    return of.get("silver");
  }

  long quarantine() {
    return of.get("quarantine");
  }

  long late() {
    return of.get("late");
  }

  /** The rows of all gold tables. */
  long gold() {
    return of.entrySet().stream()
        .filter(table -> table.getKey().startsWith("gold/"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
