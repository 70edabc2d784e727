package io.medallion.delta;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Encodes Flink's internal rows whose fields are the table's columns, in the same order. */
final class RowDataEncoder implements RowEncoder<RowData> {

  private static final long serialVersionUID = 1L;

  private final RowType rowType;
  private transient RowData.FieldGetter[] getters;
  private final boolean[] partitionColumn;

  RowDataEncoder(RowType rowType) {
    this.rowType = rowType;
    this.partitionColumn = new boolean[rowType.getFieldCount()];
  }

  /** Tells the encoder which of the columns are the table's partition columns. */
  RowDataEncoder partitionedBy(TableSpec table) {
    RowDataEncoder encoder = new RowDataEncoder(rowType);
    for (int column = 0; column < rowType.getFieldCount(); column++) {
      encoder.partitionColumn[column] = table.isPartitionColumn(column);
    }
    return encoder;
  }

  @Override
  public void encodePartition(RowData row, RowWriter out) {
    for (int column = 0; column < partitionColumn.length; column++) {
      if (partitionColumn[column] && !row.isNullAt(column)) {
        setPartition(column, row, out);
      }
    }
  }

  private void setPartition(int column, RowData row, RowWriter out) {
    LogicalType type = rowType.getTypeAt(column);
    switch (type.getTypeRoot()) {
      case BOOLEAN -> out.setBoolean(column, row.getBoolean(column));
      case TINYINT -> out.setInt(column, row.getByte(column));
      case SMALLINT -> out.setInt(column, row.getShort(column));
      case INTEGER, DATE -> out.setInt(column, row.getInt(column));
      case BIGINT -> out.setLong(column, row.getLong(column));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          out.setLong(column, NestedColumn.epochMicros(row.getTimestamp(column, 6)));
      default -> out.setString(column, row.getString(column).toString());
    }
  }

  @Override
  public void encode(RowData row, RowWriter out) {
    if (getters == null) {
      getters = new RowData.FieldGetter[rowType.getFieldCount()];
      for (int column = 0; column < getters.length; column++) {
        getters[column] = RowData.createFieldGetter(rowType.getTypeAt(column), column);
      }
    }
    for (int column = 0; column < getters.length; column++) {
      if (!partitionColumn[column]) {
        out.setInternal(column, getters[column].getFieldOrNull(row));
      }
    }
  }
}
