package io.medallion.delta.compact;

import io.delta.kernel.data.ColumnVector;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes rows as they were read: texts and bytes are copied as bytes, numbers as numbers, a map
 * with its entries in their order.
 */
final class ColumnCopy implements RowEncoder<BatchRow> {

  private static final long serialVersionUID = 1L;

  private final LogicalTypeRoot[] types;
  private final boolean[] ofPartition;

  /**
   * @param columns of the table, in the order of the rows' columns
   */
  ColumnCopy(RowType columns, List<String> partitionColumns) {
    types = new LogicalTypeRoot[columns.getFieldCount()];
    ofPartition = new boolean[types.length];
    for (int column = 0; column < types.length; column++) {
      types[column] = columns.getTypeAt(column).getTypeRoot();
      ofPartition[column] = partitionColumns.contains(columns.getFieldNames().get(column));
    }
  }

  @Override
  public void encodePartition(BatchRow row, RowWriter out) {
    for (int column = 0; column < types.length; column++) {
      if (ofPartition[column]) {
        ColumnVector values = row.column(column);
        if (types[column] == LogicalTypeRoot.VARCHAR && !values.isNullAt(row.row())) {
          out.setString(column, values.getString(row.row()));
        } else {
          copy(column, values, row.row(), out);
        }
      }
    }
  }

  @Override
  public void encode(BatchRow row, RowWriter out) {
    for (int column = 0; column < types.length; column++) {
      if (!ofPartition[column]) {
        copy(column, row.column(column), row.row(), out);
      }
    }
  }

  private void copy(int column, ColumnVector values, int row, RowWriter out) {
    if (values.isNullAt(row)) {
      return;
    }
    switch (types[column]) {
      case BOOLEAN -> out.setBoolean(column, values.getBoolean(row));
      case TINYINT -> out.setInt(column, values.getByte(row));
      case SMALLINT -> out.setInt(column, values.getShort(row));
      case INTEGER, DATE -> out.setInt(column, values.getInt(row));
      case BIGINT, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> out.setLong(column, values.getLong(row));
      case FLOAT -> out.setFloat(column, values.getFloat(row));
      case DOUBLE -> out.setDouble(column, values.getDouble(row));
      case VARCHAR, VARBINARY -> out.setBytes(column, values.getBinary(row));
      default -> out.setInternal(column, InternalValues.of(values, row));
    }
  }
}
