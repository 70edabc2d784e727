package io.medallion.powerbi.model;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The M query that reads a table of gold, within the time that an incremental refresh asks for. */
final class GoldQuery {

  /** The column that the query adds. */
  static final String WINDOW_DATE = "windowDate";

  /** What can't be a field's name as it is. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "as",
          "each",
          "else",
          "error",
          "false",
          "if",
          "in",
          "is",
          "let",
          "meta",
          "not",
          "null",
          "nullable",
          "optional",
          "or",
          "otherwise",
          "section",
          "shared",
          "table",
          "then",
          "true",
          "try",
          "type");

  private GoldQuery() {}

  static String of(Contract contract, GoldTable table) {
    List<String> columns = new ArrayList<>();
    ColumnType.of(contract, table).forEach((name, type) -> columns.add(column(name, type)));
    return Template.fill(
        "gold-query.m",
        Map.of(
            "path", table.path(),
            "columns", Tmdl.indented(2, String.join(",\n", columns)).strip()));
  }

  private static String column(String name, ColumnType type) {
    return field(name) + " = " + type.m();
  }

  static String field(String name) {
    return KEYWORDS.contains(name) ? "#\"" + name + "\"" : name;
  }
}
