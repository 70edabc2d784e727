package io.medallion.delta;

import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * How a table's columns map to the leaf columns of its Parquet files. Worked out once per writer.
 *
 * <p>A flat column has one leaf; a map, array or row has as many as it has primitives inside. A
 * partition column has none.
 */
final class RowLayout {

  private final MessageType schema;
  private final List<ColumnDescriptor> leaves;
  private final LogicalType[] types;
  private final String[] names;
  private final int[] firstLeaf;
  private final int[] leafCount;

  RowLayout(TableSpec table) {
    this.schema = ParquetSchemas.toParquet(table);
    this.leaves = schema.getColumns();
    int columns = table.rowType().getFieldCount();
    this.types = table.rowType().getChildren().toArray(new LogicalType[0]);
    this.names = table.rowType().getFieldNames().toArray(new String[0]);
    this.firstLeaf = new int[columns];
    this.leafCount = new int[columns];
    int next = 0;
    for (int column = 0; column < columns; column++) {
      firstLeaf[column] = next;
      if (!table.isPartitionColumn(column)) {
        String name = names[column];
        leafCount[column] =
            (int) leaves.stream().filter(leaf -> leaf.getPath()[0].equals(name)).count();
        next += leafCount[column];
      }
    }
  }

  MessageType schema() {
    return schema;
  }

  List<ColumnDescriptor> leaves() {
    return leaves;
  }

  int columnCount() {
    return types.length;
  }

  LogicalType type(int column) {
    return types[column];
  }

  String name(int column) {
    return names[column];
  }

  /** Index of the column's first leaf among {@link #leaves}. */
  int firstLeaf(int column) {
    return firstLeaf[column];
  }

  /** 0 for a partition column. */
  int leafCount(int column) {
    return leafCount[column];
  }
}
