package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds what a sink writes against what a table is. Columns go by name; their order means nothing.
 *
 * <p>A table may have columns that the sink does not know, if they are nullable: somebody added
 * them, and the sink's rows have none of them. Everything else must fit.
 */
final class SchemaCheck {

  private static final String COLUMN_MAPPING = "delta.columnMapping.mode";
  private static final List<String> NEEDS_OTHER_FILES =
      List.of(
          "delta.enableIcebergCompatV1",
          "delta.enableIcebergCompatV2",
          "delta.enableIcebergCompatV3");

  private final TableSpec spec;
  private final StructType written;
  private final RowMeaning meaning;

  SchemaCheck(TableSpec spec, StructType written, RowMeaning meaning) {
    this.spec = spec;
    this.written = written;
    this.meaning = meaning;
  }

  /** Whether the table lacks columns, or does not say yet what the sink's rows mean. */
  boolean isOutdated(Snapshot table) {
    return !missing(table).isEmpty() || !propertiesToSet(table).isEmpty();
  }

  /** The properties that the table lacks, or has with another value. */
  Map<String, String> propertiesToSet(Snapshot table) {
    Map<String, String> has = table.getTableProperties();
    Map<String, String> toSet = new TreeMap<>(meaning.properties(has));
    toSet.entrySet().removeIf(property -> property.getValue().equals(has.get(property.getKey())));
    return toSet;
  }

  /** Columns that the sink writes and the table lacks, in the sink's order. */
  List<StructField> missing(Snapshot table) {
    return written.fields().stream()
        .filter(field -> table.getSchema().indexOf(field.getName()) < 0)
        .toList();
  }

  /** The table's schema with the missing columns behind its own. */
  StructType withMissing(Snapshot table) {
    StructType schema = table.getSchema();
    for (StructField field : missing(table)) {
      schema = schema.add(field);
    }
    return schema;
  }

  /**
   * Whether the missing columns can be added: all nullable, none a partition column, and the rows
   * mean something that goes together.
   */
  boolean canAddMissing(Snapshot table) {
    return meaning.conflict(table.getTableProperties()).isEmpty()
        && missing(table).stream()
            .allMatch(
                field -> field.isNullable() && !spec.partitionColumns().contains(field.getName()));
  }

  /** Throws {@link TableConflictException} that names every difference, if there is one. */
  void require(Snapshot table) {
    List<String> differences = differences(table);
    if (!differences.isEmpty()) {
      throw new TableConflictException(
          spec
              + " (version "
              + table.getVersion()
              + ") is not what the sink writes: "
              + String.join("; ", differences)
              + ". Nothing was written. Change the table or the sink, or let the sink write to"
              + " another path.");
    }
  }

  private List<String> differences(Snapshot table) {
    List<String> differences = new ArrayList<>();
    meaning.conflict(table.getTableProperties()).ifPresent(differences::add);
    for (StructField field : missing(table)) {
      differences.add(
          "the table has no column '" + field.getName() + "' (" + field.getDataType() + ")");
    }
    for (StructField column : table.getSchema().fields()) {
      int index = written.indexOf(column.getName());
      if (index < 0) {
        if (!column.isNullable()) {
          differences.add("the sink does not write '" + column.getName() + "', which is NOT NULL");
        }
        continue;
      }
      StructField field = written.at(index);
      if (!field.getDataType().equivalent(column.getDataType())) {
        differences.add(
            "column '"
                + column.getName()
                + "' is "
                + column.getDataType()
                + " in the table and "
                + field.getDataType()
                + " in the sink");
      } else if (field.isNullable() && !column.isNullable()) {
        differences.add("column '" + column.getName() + "' is NOT NULL in the table only");
      }
    }
    if (!table.getPartitionColumnNames().equals(spec.partitionColumns())) {
      differences.add(
          "the table is partitioned by "
              + table.getPartitionColumnNames()
              + ", the sink by "
              + spec.partitionColumns());
    }
    Map<String, String> properties = table.getTableProperties();
    if (!properties.getOrDefault(COLUMN_MAPPING, "none").equals("none")) {
      differences.add("the table uses column mapping, which the sink does not write");
    }
    for (String property : NEEDS_OTHER_FILES) {
      if (Boolean.parseBoolean(properties.get(property))) {
        differences.add("the table has " + property + ", which the sink does not write");
      }
    }
    return differences;
  }
}
