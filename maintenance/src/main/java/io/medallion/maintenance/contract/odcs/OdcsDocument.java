package io.medallion.maintenance.contract.odcs;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.maintenance.contract.docs.GoldText;
import io.medallion.maintenance.contract.docs.SilverText;
import io.medallion.maintenance.contract.docs.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A contract as a document of the Open Data Contract Standard 3.1.0 (bitol-io): silver and the
 * tables of gold, which are what others read.
 */
public final class OdcsDocument {

  static final String SILVER = "silver";

  private static final String STANDARD = "v3.1.0";

  private OdcsDocument() {}

  /** The document in YAML; the same contract gives the same text. */
  public static String yaml(Contract contract) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(Integer.MAX_VALUE)
            .build();
    return new Dump(settings).dumpToString(document(contract));
  }

  private static Map<String, Object> document(Contract contract) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", STANDARD);
    document.put("kind", "DataContract");
    document.put("id", contract.name());
    document.put("name", contract.name());
    document.put("version", String.valueOf(contract.version()));
    document.put("status", "active");
    if (!contract.description().isEmpty()) {
      document.put("description", Map.of("purpose", contract.description()));
    }
    List<Object> tables = new ArrayList<>();
    tables.add(silver(contract));
    contract.gold().forEach(table -> tables.add(gold(contract, table)));
    document.put("schema", tables);
    return document;
  }

  private static Map<String, Object> silver(Contract contract) {
    return table(
        contract,
        SILVER,
        SILVER,
        "Every valid event, on time or late",
        SilverText.columns(contract),
        new OdcsKeys(rowOfSilver(contract), Optional.of("eventDate")));
  }

  /** What tells rows of silver apart. */
  private static List<String> rowOfSilver(Contract contract) {
    return contract.event().hasSeveral()
        ? List.of("eventHub", "partition", "offset", "index")
        : List.of("eventHub", "partition", "offset");
  }

  private static Map<String, Object> gold(Contract contract, GoldTable table) {
    List<String> row = new ArrayList<>(List.of("windowStart"));
    table.by().ifPresent(row::add);
    return table(
        contract,
        table.name(),
        table.path(),
        "One row for each %swindow with events on time"
            .formatted(table.by().map(column -> column + " and ").orElse("")),
        new GoldText(contract, table).columns(),
        new OdcsKeys(row, Optional.empty()));
  }

  private static Map<String, Object> table(
      Contract contract,
      String name,
      String folder,
      String description,
      List<TableColumn> columns,
      OdcsKeys keys) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("name", name);
    table.put("logicalType", "object");
    table.put("physicalName", folder);
    table.put("physicalType", "table");
    table.put("description", description);
    table.put(
        "properties",
        columns.stream()
            .map(
                column ->
                    folder.equals(SILVER)
                        ? OdcsProperty.ofSilver(contract, column, keys)
                        : OdcsProperty.ofGold(column, keys))
            .toList());
    return table;
  }
}
