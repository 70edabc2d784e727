package io.medallion.delta;

/**
 * Where a {@link RowEncoder} puts the values of one row, column by column.
 *
 * <p>Columns are numbered as in the sink's {@code RowType} and may be set in any order, each at
 * most once a row. A column that is not set is null. Values go straight into the file's column
 * buffers: nothing is boxed and byte arrays are copied, so the caller may reuse them at once.
 */
public interface RowWriter {

  /** Sets a {@code BOOLEAN}. */
  void setBoolean(int column, boolean value);

  /**
   * Sets a {@code TINYINT}, {@code SMALLINT}, {@code INTEGER} or {@code DATE} (days since 1970).
   */
  void setInt(int column, int value);

  /** Sets a {@code BIGINT}, or a {@code TIMESTAMP_LTZ} in microseconds since the epoch, UTC. */
  void setLong(int column, long value);

  /** Sets a {@code FLOAT}. */
  void setFloat(int column, float value);

  /** Sets a {@code DOUBLE}. */
  void setDouble(int column, double value);

  /** Sets a {@code VARBINARY}, or a {@code VARCHAR} given as UTF-8. */
  void setBytes(int column, byte[] value, int offset, int length);

  /** Sets a {@code VARBINARY}, or a {@code VARCHAR} given as UTF-8. */
  default void setBytes(int column, byte[] value) {
    setBytes(column, value, 0, value.length);
  }

  /** Sets a {@code VARCHAR}. */
  void setString(int column, String value);

  /**
   * Sets a column of any type from Flink's internal data structure for it: {@code DecimalData},
   * {@code ArrayData}, {@code MapData}, {@code RowData}, {@code StringData}, {@code TimestampData},
   * a boxed primitive or a byte array. The way for nested types and decimals; slower than the typed
   * setters.
   */
  void setInternal(int column, Object value);
}
