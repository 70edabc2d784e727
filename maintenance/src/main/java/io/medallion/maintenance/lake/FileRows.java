package io.medallion.maintenance.lake;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.utils.CloseableIterator;
import io.medallion.delta.FileBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The rows of one file in their order, on one cursor; a batch of them is held in memory. */
public final class FileRows implements AutoCloseable {

  private final CloseableIterator<FilteredColumnarBatch> batches;
  private final List<String> names;
  private final String path;
  private RowCursor cursor;
  private int rowsOfBatch;
  private int row;

  private FileRows(
      CloseableIterator<FilteredColumnarBatch> batches, List<String> names, String path) {
    this.batches = batches;
    this.names = names;
    this.path = path;
  }

  static FileRows open(Engine engine, Row state, List<String> names, DataFile file) {
    try {
      return new FileRows(
          FileBatches.open(
              engine, state, ScanStateRow.getPhysicalDataReadSchema(state), file.scanRow()),
          names,
          file.path());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.path(), e);
    }
  }

  /** Moves on to the next row; false if there is none. */
  public boolean next() {
    while (++row >= rowsOfBatch) {
      if (!batches.hasNext()) {
        return false;
      }
      open(batches.next().getData());
    }
    cursor.moveTo(row);
    return true;
  }

  private void open(ColumnarBatch batch) {
    ColumnVector[] columns = new ColumnVector[names.size()];
    for (int column = 0; column < columns.length; column++) {
      int index = batch.getSchema().indexOf(names.get(column));
      columns[column] = index < 0 ? null : batch.getColumnVector(index);
    }
    cursor = new RowCursor(columns);
    rowsOfBatch = batch.getSize();
    row = -1;
  }

  /** The row that {@link #next} moved to; valid until the next call. */
  public RowCursor row() {
    return cursor;
  }

  @Override
  public void close() {
    try {
      batches.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
