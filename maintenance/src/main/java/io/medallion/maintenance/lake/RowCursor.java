package io.medallion.maintenance.lake;

import io.delta.kernel.data.ColumnVector;

/** One row of the columns that were asked for, in their order. Valid only until the next row. */
public final class RowCursor {

  private final ColumnVector[] columns;
  private int row;

  /**
   * @param columns null for one that the table does not have
   */
  RowCursor(ColumnVector[] columns) {
    this.columns = columns;
  }

  void moveTo(int newRow) {
    row = newRow;
  }

  public boolean isNull(int column) {
    return columns[column] == null || columns[column].isNullAt(row);
  }

  public int integer(int column) {
    return columns[column].getInt(row);
  }

  /** A bigint, or a timestamp in microseconds since 1970. */
  public long bigint(int column) {
    return columns[column].getLong(row);
  }

  /** NaN for null: no table has one that means something else. */
  public double number(int column) {
    return isNull(column) ? Double.NaN : columns[column].getDouble(row);
  }

  /** Null for null. */
  public byte[] bytes(int column) {
    return isNull(column) ? null : columns[column].getBinary(row);
  }

  /** Null for null. */
  public String text(int column) {
    return isNull(column) ? null : columns[column].getString(row);
  }
}
