package io.medallion.maintenance.lake;

import io.delta.kernel.types.StructType;
import io.medallion.delta.DeltaSchemas;
import io.medallion.job.table.LakeTable;
import java.util.List;
import java.util.Set;

/**
 * A table of a lake, as the job defines it. The same table of the same contract is the same value.
 *
 * @param sink the name of the sink that writes it, in the table's history
 * @param path its folder under the lake's root; its name for people too
 */
public record TableDefinition(
    String sink, String path, StructType schema, List<String> partitionColumns) {

  /** Columns that tables of the first release lack until the job is started on them. */
  private static final Set<String> ADDED =
      Set.of(
          "bronze.key",
          "bronze.headers",
          "bronze.timestampType",
          "quarantine.key",
          "quarantine.headers",
          "quarantine.timestampType",
          "silver.eventHub",
          "late.eventHub");

  public TableDefinition {
    partitionColumns = List.copyOf(partitionColumns);
  }

  static TableDefinition of(LakeTable<?> table) {
    return new TableDefinition(
        table.name(),
        table.path(),
        DeltaSchemas.toDelta(table.rowType()),
        table.partitionColumn().stream().toList());
  }

  /** Whether a table of the first release may lack the column. */
  public boolean isAddedLater(String column) {
    return ADDED.contains(path + "." + column);
  }

  @Override
  public String toString() {
    return path;
  }
}
