package io.medallion.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Figures;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many rows the tables of a lake have and those of its replay, as text for people and as JSON
 * for scripts.
 *
 * @param before of the lake that was replayed, by table; a table that only its replay has is not
 *     there
 * @param replayed of the new lake
 */
record ReplayReport(String into, Map<String, Long> before, Map<String, Long> replayed) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROW = "%-28s %16s %16s%n";

  ReplayReport {
    before = new LinkedHashMap<>(before);
    replayed = new LinkedHashMap<>(replayed);
  }

  static Map<String, Long> rows(LakeVersion lake) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (TableDefinition table : lake.definitions().all()) {
      rows.put(table.path(), lake.rows(table));
    }
    return rows;
  }

  String toText() {
    StringBuilder text = new StringBuilder(ROW.formatted("table", "rows", "replayed"));
    replayed.forEach(
        (table, rows) ->
            text.append(
                ROW.formatted(
                    table,
                    before.containsKey(table) ? Figures.count(before.get(table)) : "–",
                    Figures.count(rows))));
    return text.append("The lake in ").append(into).append(" is whole.").toString();
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("into", into);
    ObjectNode tables = root.putObject("tables");
    replayed.forEach(
        (table, rows) -> {
          ObjectNode node = tables.putObject(table);
          OptionalLong old =
              before.containsKey(table) ? OptionalLong.of(before.get(table)) : OptionalLong.empty();
          old.ifPresent(there -> node.put("rows", there));
          node.put("replayed", rows);
        });
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
