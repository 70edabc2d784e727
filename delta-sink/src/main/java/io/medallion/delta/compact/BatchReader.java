package io.medallion.delta.compact;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.medallion.delta.FileBatches;
import io.medallion.delta.FileNamingEngine;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads whole rows of files, batch by batch: all columns of the table, in its order. A text that is
 * a column has bytes for values, but for a partition column.
 */
final class BatchReader {

  private static final String BATCH_SIZE = "delta.kernel.default.parquet.reader.batch-size";
  private static final int MOST_ROWS = 1024;
  private static final long BATCH_BYTES = 16 * 1024 * 1024;

  /** So much larger than in a file a row may be in memory. */
  private static final long EXPANSION = 32;

  private final Engine engine;
  private final Row state;
  private final StructType physical;

  /**
   * @param hadoop settings, which are changed
   * @param largestRow bytes that a row has in a file, on average of the file where it has most
   */
  BatchReader(Configuration hadoop, Snapshot table, long largestRow) {
    long rows = BATCH_BYTES / Math.max(1, largestRow * EXPANSION);
    hadoop.setInt(BATCH_SIZE, (int) Math.max(1, Math.min(MOST_ROWS, rows)));
    this.engine = FileNamingEngine.create(hadoop);
    this.state = table.getScanBuilder().build().getScanState(engine);
    this.physical = bytesForTexts(ScanStateRow.getPhysicalDataReadSchema(state));
  }

  /** Texts are read as the bytes that they are: decoded and encoded they might be others. */
  private static StructType bytesForTexts(StructType schema) {
    return new StructType(
        schema.fields().stream()
            .map(
                field ->
                    field.getDataType() instanceof StringType
                        ? new StructField(
                            field.getName(),
                            BinaryType.BINARY,
                            field.isNullable(),
                            field.getMetadata())
                        : field)
            .toList());
  }

  /** What is done with a row. */
  interface RowReader {
    void read(BatchRow row) throws IOException;
  }

  /** Hands every row of a file to the reader, on an object that is moved on within a batch. */
  void read(Row scanFile, RowReader reader) throws IOException, InterruptedException {
    try (CloseableIterator<FilteredColumnarBatch> batches =
        FileBatches.open(engine, state, physical, scanFile)) {
      while (batches.hasNext()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        FilteredColumnarBatch batch = batches.next();
        if (batch.getSelectionVector().isPresent()) {
          throw new IllegalStateException(
              InternalScanFileUtils.getAddFileStatus(scanFile).getPath()
                  + " has rows that are marked as deleted");
        }
        read(batch.getData(), reader);
      }
    }
  }

  private static void read(ColumnarBatch batch, RowReader reader) throws IOException {
    BatchRow row = new BatchRow(batch);
    for (int i = 0; i < batch.getSize(); i++) {
      row.moveTo(i);
      reader.read(row);
    }
  }
}
