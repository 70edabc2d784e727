package io.medallion.delta.compact;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;

/** A row of a batch, which is moved on; its columns are those of the table, in the same order. */
final class BatchRow {

  private final ColumnVector[] columns;
  private int row;

  BatchRow(ColumnarBatch batch) {
    columns = new ColumnVector[batch.getSchema().length()];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = batch.getColumnVector(column);
    }
  }

  void moveTo(int newRow) {
    row = newRow;
  }

  int row() {
    return row;
  }

  ColumnVector column(int column) {
    return columns[column];
  }
}
