package io.medallion.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.Optional;

/** The rows of one data file, batch by batch, partition columns included. */
public final class FileBatches {

  private FileBatches() {}

  /**
   * Opens a file.
   *
   * @param state of a scan of the table
   * @param physical the columns to be read from the file
   * @param scanFile as the scan describes the file
   */
  public static CloseableIterator<FilteredColumnarBatch> open(
      Engine engine, Row state, StructType physical, Row scanFile) throws IOException {
    return Scan.transformPhysicalData(
        engine,
        state,
        scanFile,
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(scanFile)),
                physical,
                Optional.empty())
            .map(read -> read.getData()));
  }
}
