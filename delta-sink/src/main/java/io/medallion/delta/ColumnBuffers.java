package io.medallion.delta;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * One row group in memory: rows go straight into parquet-java's column writers, without a record
 * consumer in between. This is the seam behind which column writing can be made faster.
 *
 * <p>Relies on every column being optional and not repeated at the top level: a value has
 * definition level 1, a null 0, and the repetition level is always 0.
 */
final class ColumnBuffers implements RowWriter {

  private final RowLayout layout;
  private final ColumnWriteStore store;
  private final ColumnWriter[] leaves;

  /** By column; reached through one array access on the hot path, null for partition columns. */
  private final ColumnWriter[] flat;

  private final NestedColumn[] nested;

  /** The row in which a column was last set, to find the columns that a row left out. */
  private final long[] lastSet;

  private long row = 1;

  ColumnBuffers(RowLayout layout, ColumnWriteStore store) {
    this.layout = layout;
    this.store = store;
    this.leaves = layout.leaves().stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
    int columns = layout.columnCount();
    this.flat = new ColumnWriter[columns];
    this.nested = new NestedColumn[columns];
    this.lastSet = new long[columns];
    for (int column = 0; column < columns; column++) {
      if (layout.leafCount(column) > 0) {
        flat[column] = leaves[layout.firstLeaf(column)];
        nested[column] =
            NestedColumn.of(layout.type(column), leaves, layout.firstLeaf(column), 0, 1);
      }
    }
  }

  @Override
  public void setBoolean(int column, boolean value) {
    flat[column].write(value, 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setInt(int column, int value) {
    flat[column].write(value, 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setLong(int column, long value) {
    flat[column].write(value, 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setFloat(int column, float value) {
    flat[column].write(value, 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setDouble(int column, double value) {
    flat[column].write(value, 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setBytes(int column, byte[] value, int offset, int length) {
    flat[column].write(Binary.fromReusedByteArray(value, offset, length), 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setString(int column, String value) {
    flat[column].write(Binary.fromConstantByteArray(value.getBytes(StandardCharsets.UTF_8)), 0, 1);
    lastSet[column] = row;
  }

  @Override
  public void setInternal(int column, Object value) {
    if (value != null) {
      nested[column].write(value, 0);
      lastSet[column] = row;
    }
  }

  /** Ends the row: the columns that were not set become null. */
  void endRow() {
    for (int column = 0; column < lastSet.length; column++) {
      if (lastSet[column] != row && flat[column] != null) {
        writeNull(column);
      }
    }
    row++;
    store.endRecord();
  }

  private void writeNull(int column) {
    if (!layout.type(column).isNullable()) {
      throw new IllegalStateException(
          "Column '" + layout.name(column) + "' is NOT NULL, but the encoder did not set it.");
    }
    int first = layout.firstLeaf(column);
    for (int leaf = first; leaf < first + layout.leafCount(column); leaf++) {
      leaves[leaf].writeNull(0, 0);
    }
  }
}
