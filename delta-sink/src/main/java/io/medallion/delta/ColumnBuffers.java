package io.medallion.delta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.schema.MessageType;

/**
 * One row group in memory. Numbers and byte strings at the top level go into {@linkplain FlatColumn
 * columns of our own}, which is the hot path; all else (booleans, long decimals and what is nested)
 * straight into parquet-java's column writers, without a record consumer in between.
 *
 * <p>Relies on every column being optional and not repeated at the top level: a value has
 * definition level 1, a null 0, and the repetition level is always 0.
 */
final class ColumnBuffers implements RowWriter, AutoCloseable {

  private final RowLayout layout;
  private final ColumnWriter[] leaves;

  // By column, and null where a column is of another type: one array access on the hot path.
  private final NumberColumn[] ints;
  private final NumberColumn[] longs;
  private final NumberColumn[] floats;
  private final NumberColumn[] doubles;
  private final BytesColumn[] byteStrings;
  private final ColumnWriter[] booleans;
  private final NestedColumn[] nested;

  /** All columns of our own; null where a column is another. */
  private final FlatColumn[] flat;

  /** The other columns, and by column the row in which each was last set. */
  private final int[] others;

  private final long[] lastSet;

  /** Holds the other columns; null if there are none. */
  private final ColumnWriteStore store;

  private long rows;

  ColumnBuffers(RowLayout layout, PageWriteStore pages, ParquetProperties properties) {
    this.layout = layout;
    int columns = layout.columnCount();
    this.leaves = new ColumnWriter[layout.leaves().size()];
    this.ints = new NumberColumn[columns];
    this.longs = new NumberColumn[columns];
    this.floats = new NumberColumn[columns];
    this.doubles = new NumberColumn[columns];
    this.byteStrings = new BytesColumn[columns];
    this.booleans = new ColumnWriter[columns];
    this.nested = new NestedColumn[columns];
    this.flat = new FlatColumn[columns];
    this.lastSet = new long[columns];
    this.others =
        IntStream.range(0, columns)
            .filter(column -> layout.leafCount(column) > 0 && !addFlat(column, pages))
            .toArray();
    this.store = others.length == 0 ? null : openOthers(pages, properties);
    for (int column = 0; column < columns; column++) {
      if (layout.leafCount(column) > 0) {
        nested[column] =
            NestedColumn.of(layout.type(column), leaves, layout.firstLeaf(column), 0, 1);
      }
    }
  }

  /** False if the column is not one of ours. */
  private boolean addFlat(int column, PageWriteStore pages) {
    ColumnDescriptor leaf = layout.leaves().get(layout.firstLeaf(column));
    if (leaf.getPath().length > 1) {
      return false;
    }
    switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> flat[column] = ints[column] = new NumberColumn(leaf, pages);
      case INT64 -> flat[column] = longs[column] = new NumberColumn(leaf, pages);
      case FLOAT -> flat[column] = floats[column] = new NumberColumn(leaf, pages);
      case DOUBLE -> flat[column] = doubles[column] = new NumberColumn(leaf, pages);
      case BINARY -> flat[column] = byteStrings[column] = new BytesColumn(leaf, pages);
      default -> {
        return false;
      }
    }
    leaves[layout.firstLeaf(column)] = flat[column];
    return true;
  }

  private ColumnWriteStore openOthers(PageWriteStore pages, ParquetProperties properties) {
    MessageType schema = layout.schema();
    ColumnWriteStore opened =
        properties.newColumnWriteStore(
            new MessageType(
                schema.getName(),
                Arrays.stream(others)
                    .mapToObj(column -> schema.getType(layout.name(column)))
                    .toList()),
            pages);
    for (int column : others) {
      int first = layout.firstLeaf(column);
      for (int leaf = first; leaf < first + layout.leafCount(column); leaf++) {
        leaves[leaf] = opened.getColumnWriter(layout.leaves().get(leaf));
      }
      if (layout.type(column).is(LogicalTypeRoot.BOOLEAN)) {
        booleans[column] = leaves[first];
      }
    }
    return opened;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    required(booleans, column).write(value, 0, 1);
    lastSet[column] = rows + 1;
  }

  @Override
  public void setInt(int column, int value) {
    required(ints, column).add((long) value);
  }

  @Override
  public void setLong(int column, long value) {
    required(longs, column).add(value);
  }

  @Override
  public void setFloat(int column, float value) {
    required(floats, column).add(value);
  }

  @Override
  public void setDouble(int column, double value) {
    required(doubles, column).add(value);
  }

  @Override
  public void setBytes(int column, byte[] value, int offset, int length) {
    required(byteStrings, column).add(value, offset, length);
  }

  @Override
  public void setString(int column, String value) {
    setBytes(column, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void setInternal(int column, Object value) {
    if (value != null) {
      nested[column].write(value, 0);
      lastSet[column] = rows + 1;
    }
  }

  private <C> C required(C[] columns, int column) {
    C found = columns[column];
    if (found == null) {
      throw new IllegalStateException(
          layout.leafCount(column) == 0
              ? "Column '%s' is a partition column: it is set by encodePartition alone."
                  .formatted(layout.name(column))
              : "Column '%s' is %s: the encoder set it as another type."
                  .formatted(layout.name(column), layout.type(column)));
    }
    return found;
  }

  /** Ends the row: the columns that were not set become null. */
  void endRow() {
    rows++;
    for (int column = 0; column < flat.length; column++) {
      if (flat[column] != null && flat[column].rows() != rows) {
        requireNotSetTwice(column);
        requireNullable(column);
        flat[column].addNull();
      }
    }
    if (store != null) {
      for (int column : others) {
        if (lastSet[column] != rows) {
          writeNull(column);
        }
      }
      store.endRecord();
    }
  }

  /** Ends the row group: all of it is in the pages. */
  void finish() {
    for (FlatColumn column : flat) {
      if (column != null) {
        column.finish();
      }
    }
    if (store != null) {
      store.flush();
    }
  }

  /** Bytes in pages, encoded, and on the way there, mostly not encoded yet. */
  long bufferedSize() {
    long size = store == null ? 0 : store.getBufferedSize();
    for (FlatColumn column : flat) {
      size += column == null ? 0 : column.getBufferedSizeInMemory();
    }
    return size;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }

  private void writeNull(int column) {
    requireNullable(column);
    int first = layout.firstLeaf(column);
    for (int leaf = first; leaf < first + layout.leafCount(column); leaf++) {
      leaves[leaf].writeNull(0, 0);
    }
  }

  private void requireNullable(int column) {
    if (!layout.type(column).isNullable()) {
      throw new IllegalStateException(
          "Column '" + layout.name(column) + "' is NOT NULL, but the encoder did not set it.");
    }
  }

  private void requireNotSetTwice(int column) {
    if (flat[column].rows() > rows) {
      throw new IllegalStateException(
          "Column '" + layout.name(column) + "' was set twice in one row.");
    }
  }
}
