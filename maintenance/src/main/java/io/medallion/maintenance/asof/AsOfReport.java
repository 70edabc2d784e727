package io.medallion.maintenance.asof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Figures;
import io.medallion.maintenance.lake.Checkpoint;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The versions of a lake's tables at one checkpoint, and the statements that read them, of Spark
 * SQL, DuckDB's extension {@code delta} and Power Query.
 *
 * @param root of the lake
 */
record AsOfReport(String root, LakeVersion lake) {

  private static final JsonMapper JSON = new JsonMapper();

  /** The latest end of a window: a window that ends later is not closed yet. */
  private Optional<Instant> goldUntil() {
    return lake.definitions().gold().stream()
        .flatMap(table -> lake.files(table).stream())
        .flatMap(file -> file.max("windowEnd").stream())
        .max(Comparator.naturalOrder());
  }

  private Checkpoint checkpoint() {
    return lake.checkpoint().orElseThrow();
  }

  private String path(TableDefinition table) {
    return root + "/" + table.path();
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "checkpoint %d, committed %s%s%n%n",
            checkpoint().id(),
            Instant.ofEpochMilli(checkpoint().committedMillis()),
            goldUntil().map(end -> ", gold until " + end).orElse("")));
    int width =
        lake.tables().keySet().stream().mapToInt(table -> table.path().length()).max().orElse(0);
    lake.tables()
        .forEach(
            (table, version) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-" + width + "s  version %,10d  %15s rows%n",
                        table.path(),
                        version.snapshot().getVersion(),
                        Figures.count(version.rows()))));
    statements(text, "Spark SQL", AsOfReport::spark);
    statements(text, "DuckDB", AsOfReport::duckDb);
    statements(text, "Power Query, in a project of 'medallion powerbi'", this::powerQuery);
    return text.toString().stripTrailing();
  }

  private void statements(
      StringBuilder text, String reader, BiFunction<String, Long, String> statement) {
    text.append(String.format("%n%s%n", reader));
    lake.tables()
        .forEach(
            (table, version) ->
                text.append("  ")
                    .append(statement.apply(path(table), version.snapshot().getVersion()))
                    .append(System.lineSeparator()));
  }

  private static String spark(String path, long version) {
    return "SELECT * FROM delta.`%s` VERSION AS OF %d;".formatted(path, version);
  }

  private static String duckDb(String path, long version) {
    return "SELECT * FROM delta_scan('%s', version => %d);"
        .formatted(path.replace("'", "''"), version);
  }

  private String powerQuery(String path, long version) {
    return "DeltaLake.Table(LakeFolder(\"%s\"), [Version = %d])"
        .formatted(path.substring(root.length() + 1), version);
  }

  String toJson() {
    ObjectNode report =
        JSON.createObjectNode()
            .put("lake", root)
            .put("checkpoint", checkpoint().id())
            .put("committed", Instant.ofEpochMilli(checkpoint().committedMillis()).toString());
    goldUntil().ifPresent(end -> report.put("goldUntil", end.toString()));
    ArrayNode tables = report.putArray("tables");
    lake.tables().forEach((table, version) -> put(tables.addObject(), table, version));
    return report.toPrettyString();
  }

  private void put(ObjectNode node, TableDefinition table, TableVersion version) {
    long number = version.snapshot().getVersion();
    node.put("table", table.path())
        .put("path", path(table))
        .put("version", number)
        .put("rows", version.rows())
        .put("spark", spark(path(table), number))
        .put("duckdb", duckDb(path(table), number))
        .put("powerQuery", powerQuery(path(table), number));
  }
}
