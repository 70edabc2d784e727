package io.medallion.maintenance.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.maintenance.lake.TableDefinition;

/** What a command did with each table, as JSON: {@code lake}, {@code dryRun}, {@code tables}. */
public final class JsonReport {

  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode root = JSON.createObjectNode();

  public JsonReport(LakeOptions lake, boolean dryRun) {
    root.put("lake", lake.lake()).put("dryRun", dryRun).putArray("tables");
  }

  /** To be filled in. */
  public ObjectNode add(TableDefinition table) {
    return root.withArray("tables").addObject().put("table", table.path());
  }

  @Override
  public String toString() {
    return root.toPrettyString();
  }
}
