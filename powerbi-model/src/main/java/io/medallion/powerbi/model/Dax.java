package io.medallion.powerbi.model;

import java.util.List;
import java.util.stream.Collectors;

/** References in DAX; tables are always quoted, so that no name is taken for a function. */
final class Dax {

  private Dax() {}

  static String table(String name) {
    return "'" + name.replace("'", "''") + "'";
  }

  static String column(String table, String name) {
    return table(table) + "[" + name.replace("]", "]]") + "]";
  }

  static String measure(String name) {
    return "[" + name.replace("]", "]]") + "]";
  }

  /** The expression, blank under a filter that comes through one of these tables. */
  static String unlessFiltered(List<String> tables, String expression) {
    if (tables.isEmpty()) {
      return expression;
    }
    String condition =
        tables.stream()
            .map(name -> "NOT ISCROSSFILTERED(" + table(name) + ")")
            .collect(Collectors.joining(" && "));
    return "IF(\n\t" + condition + ",\n" + Tmdl.indented(1, expression) + "\n)";
  }

  /** The expression over all that these tables have. */
  static String unfiltered(List<String> tables, String expression) {
    if (tables.isEmpty()) {
      return expression;
    }
    return tables.stream()
        .map(name -> ", REMOVEFILTERS(" + table(name) + ")")
        .collect(Collectors.joining("", "CALCULATE(" + expression, ")"));
  }
}
