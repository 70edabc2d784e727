package io.medallion.powerbi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.silver.SilverTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns of a contract's lake in the form of {@code powerbi/checks/lake-schema.json}: silver
 * and gold as the job writes them, the rest as in the lake of the weather.
 */
final class LakeSchema {

  private static final List<String> OF_LATE = List.of("windowStart", "windowEnd", "latenessMillis");

  private LakeSchema() {}

  static ObjectNode of(Contract contract) throws IOException {
    Path weather = Path.of("../powerbi/checks/lake-schema.json");
    ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(weather.toFile());
    schema.properties().removeIf(table -> table.getKey().startsWith("gold/"));
    ObjectNode silver = columns(schema, "silver");
    silver.removeAll();
    add(silver, SilverTable.rowType(contract));
    ObjectNode late = columns(schema, "late");
    JsonNode ofWeather = late.deepCopy();
    late.removeAll();
    late.setAll(silver);
    OF_LATE.forEach(name -> late.set(name, ofWeather.get(name)));
    for (GoldTable table : contract.gold()) {
      ObjectNode gold = schema.putObject(table.path());
      gold.putArray("partitionColumns");
      add(gold.putObject("columns"), GoldTableEncoder.rowType(contract, table));
    }
    return schema;
  }

  private static ObjectNode columns(ObjectNode schema, String table) {
    return (ObjectNode) schema.get(table).get("columns");
  }

  private static void add(ObjectNode columns, RowType rowType) {
    rowType.getFields().forEach(field -> columns.put(field.getName(), delta(field.getType())));
  }

  private static String delta(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case VARCHAR -> "string";
      case BIGINT -> "long";
      case INTEGER -> "integer";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case DATE -> "date";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp";
      default -> throw new IllegalArgumentException(type.toString());
    };
  }
}
