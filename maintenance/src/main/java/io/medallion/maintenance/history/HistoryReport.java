package io.medallion.maintenance.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Figures;
import io.medallion.maintenance.history.VersionEntry.Files;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Histories as text for people and as JSON for scripts. */
final class HistoryReport {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROW = "%9s  %-20s  %-18s %10s %16s %16s %12s%n";

  private HistoryReport() {}

  static String text(List<TableHistory> tables) {
    return tables.stream()
        .map(HistoryReport::text)
        .collect(Collectors.joining(System.lineSeparator()))
        .stripTrailing();
  }

  private static String text(TableHistory table) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: version %d, %s rows, %s files, %s%n",
            table.table().path(),
            table.version(),
            Figures.count(table.rows()),
            Figures.count(table.files().files()),
            Figures.bytes(table.files().bytes())));
    text.append("  files by size: ");
    text.append(
        table.files().byClass().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + Figures.count(entry.getValue()))
            .collect(Collectors.joining(", ")));
    text.append(System.lineSeparator());
    text.append(
        String.format(
            ROW, "version", "committed", "operation", "checkpoint", "rows", "files", "bytes"));
    for (VersionEntry version : table.versions()) {
      text.append(row(version));
    }
    return text.toString();
  }

  private static String row(VersionEntry version) {
    return String.format(
        Locale.ROOT,
        ROW,
        version.version(),
        version.committed().truncatedTo(ChronoUnit.SECONDS),
        version.operation(),
        version.checkpoint().isPresent() ? version.checkpoint().getAsLong() : "-",
        rows(version),
        change(version.added().files(), version.removed().files()),
        Figures.bytes(version.added().bytes() - version.removed().bytes()));
  }

  private static String rows(VersionEntry version) {
    boolean hasFiles = version.added().files() + version.removed().files() > 0;
    if (hasFiles && !version.changesRows()) {
      return "same rows";
    }
    return version.added().rowsKnown() && version.removed().rowsKnown()
        ? change(version.added().rows(), version.removed().rows())
        : "?";
  }

  private static String change(long added, long removed) {
    if (added == 0 && removed == 0) {
      return "-";
    }
    return (added > 0 || removed == 0 ? "+" + Figures.count(added) : "")
        + (added > 0 && removed > 0 ? " " : "")
        + (removed > 0 ? "-" + Figures.count(removed) : "");
  }

  static String json(List<TableHistory> tables) {
    ArrayNode root = JSON.createArrayNode();
    tables.forEach(table -> put(root.addObject(), table));
    return root.toPrettyString();
  }

  private static void put(ObjectNode node, TableHistory table) {
    node.put("table", table.table().path());
    node.put("version", table.version());
    node.put("rows", table.rows());
    node.put("files", table.files().files());
    node.put("bytes", table.files().bytes());
    ObjectNode sizes = node.putObject("filesBySize");
    for (Map.Entry<String, Long> sizeClass : table.files().byClass().entrySet()) {
      sizes.put(sizeClass.getKey(), sizeClass.getValue());
    }
    ArrayNode versions = node.putArray("versions");
    table.versions().forEach(version -> put(versions.addObject(), version));
  }

  private static void put(ObjectNode node, VersionEntry version) {
    node.put("version", version.version());
    node.put("committed", version.committed().toString());
    node.put("operation", version.operation());
    version.checkpoint().ifPresent(checkpoint -> node.put("checkpoint", checkpoint));
    version.application().ifPresent(application -> node.put("application", application));
    node.put("changesRows", version.changesRows());
    node.put("changesTable", version.changesTable());
    put(node.putObject("added"), version.added());
    put(node.putObject("removed"), version.removed());
  }

  private static void put(ObjectNode node, Files files) {
    node.put("files", files.files());
    node.put("bytes", files.bytes());
    if (files.rowsKnown()) {
      node.put("rows", files.rows());
    } else {
      node.putNull("rows");
    }
  }
}
