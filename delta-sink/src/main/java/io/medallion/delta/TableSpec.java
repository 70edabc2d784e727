package io.medallion.delta;

import io.delta.kernel.Snapshot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/**
 * The table that a sink writes: where it lies, what its rows look like and how Hadoop reaches it.
 *
 * @param path the table's root, any Hadoop path
 * @param rowType all columns, partition columns included
 * @param partitionColumns names of the partition columns, in directory order
 * @param properties Delta table properties set when the table is created
 * @param hadoopConf Hadoop settings on top of those on the class path; may hold secrets and is
 *     therefore not part of {@link #toString}
 */
record TableSpec(
    String path,
    RowType rowType,
    List<String> partitionColumns,
    Map<String, String> properties,
    Map<String, String> hadoopConf)
    implements Serializable {

  /** A table as it is, for those who write no rows of it. */
  static TableSpec of(Snapshot table, String path, Map<String, String> hadoopConf) {
    return new TableSpec(
        path,
        DeltaSchemas.toFlink(table.getSchema()),
        table.getPartitionColumnNames(),
        Map.of(),
        hadoopConf);
  }

  /** Hadoop's configuration for this table; made anew at each call because it is mutable. */
  Configuration hadoopConfiguration() {
    Configuration configuration = new Configuration();
    hadoopConf.forEach(configuration::set);
    return configuration;
  }

  boolean isPartitionColumn(int column) {
    return partitionColumns.contains(rowType.getFieldNames().get(column));
  }

  /** Indexes (in the row type) of the columns that are stored in the files. */
  List<Integer> dataColumns() {
    List<Integer> columns = new ArrayList<>();
    for (int column = 0; column < rowType.getFieldCount(); column++) {
      if (!isPartitionColumn(column)) {
        columns.add(column);
      }
    }
    return List.copyOf(columns);
  }

  @Override
  public String toString() {
    return "Delta table " + path;
  }
}
