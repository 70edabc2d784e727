package io.medallion.maintenance.lake;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import java.util.function.BiConsumer;

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

  public boolean bool(int column) {
    return columns[column].getBoolean(row);
  }

  /** NaN for null: no table has one that means something else. */
  public double number(int column) {
    return isNull(column) ? Double.NaN : columns[column].getDouble(row);
  }

  /** Null for null. */
  public byte[] bytes(int column) {
    return isNull(column) ? null : columns[column].getBinary(row);
  }

  /** Hands a list of names, each with bytes or null, to the reader; nothing for null. */
  public void namedBytes(int column, BiConsumer<String, byte[]> reader) {
    if (isNull(column)) {
      return;
    }
    ArrayValue array = columns[column].getArray(row);
    ColumnVector names = array.getElements().getChild(0);
    ColumnVector bytes = array.getElements().getChild(1);
    for (int i = 0; i < array.getSize(); i++) {
      reader.accept(names.getString(i), bytes.isNullAt(i) ? null : bytes.getBinary(i));
    }
  }

  /** Null for null. */
  public String text(int column) {
    return isNull(column) ? null : columns[column].getString(row);
  }
}
