package io.medallion.powerbi;

import io.medallion.contract.Contract;
import io.medallion.powerbi.model.Labels;
import io.medallion.powerbi.model.SemanticModel;
import io.medallion.powerbi.report.Json;
import io.medallion.powerbi.report.PlainReport;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The Power BI project of a contract: the same contract always gives the same files, to the byte.
 *
 * @param modelFolder the semantic model
 * @param reportFolder a report to begin with
 * @param files all other than the report's, by path
 * @param report the report's files, by path
 * @param meansWithoutMeasure columns of gold that the model can't offer over several windows
 */
record Project(
    String modelFolder,
    String reportFolder,
    Map<String, String> files,
    Map<String, String> report,
    List<String> meansWithoutMeasure) {

  private static final String SCHEMAS = "https://developer.microsoft.com/json-schemas/fabric/";

  static Project of(Contract contract) {
    String name = Labels.title(contract.name());
    SemanticModel model = new SemanticModel(contract);
    String modelFolder = name + ".SemanticModel";
    String reportFolder = name + ".Report";
    Map<String, String> files = new LinkedHashMap<>();
    files.put(name + ".pbip", pbip(reportFolder));
    files.put(modelFolder + "/.platform", platform("SemanticModel", name));
    files.put(modelFolder + "/definition.pbism", pbism());
    model.files().forEach((path, text) -> files.put(modelFolder + "/definition/" + path, text));
    files.put("synapse/gold-views.sql", SynapseViews.sql(contract));
    Map<String, String> report = new LinkedHashMap<>();
    report.put(reportFolder + "/.platform", platform("Report", name));
    PlainReport.files(modelFolder, model.pages())
        .forEach((path, text) -> report.put(reportFolder + "/" + path, text));
    return new Project(modelFolder, reportFolder, files, report, model.meansWithoutMeasure());
  }

  private static String pbip(String reportFolder) {
    Map<String, Object> report = Json.object("report", Json.object("path", reportFolder));
    return Json.text(
        Json.object(
            "$schema",
            SCHEMAS + "pbip/pbipProperties/1.0.0/schema.json",
            "version",
            "1.0",
            "artifacts",
            List.of(report),
            "settings",
            Json.object("enableAutoRecovery", true)));
  }

  private static String pbism() {
    return Json.text(
        Json.object(
            "$schema",
            SCHEMAS + "item/semanticModel/definitionProperties/1.0.0/schema.json",
            "version",
            "4.0",
            "settings",
            Map.of()));
  }

  /** The id is what Fabric knows an item by: it follows from the names, so it stays. */
  private static String platform(String type, String name) {
    UUID id =
        UUID.nameUUIDFromBytes(("medallion/" + type + "/" + name).getBytes(StandardCharsets.UTF_8));
    return Json.text(
        Json.object(
            "$schema", SCHEMAS + "gitIntegration/platformProperties/2.0.0/schema.json",
            "metadata", Json.object("type", type, "displayName", name),
            "config", Json.object("version", "2.0", "logicalId", id.toString())));
  }
}
