package io.medallion.delta;

import java.io.IOException;

/** A file being written, with what the log will say of it, and what it takes in memory. */
final class OpenFile implements AutoCloseable {

  /**
   * Bytes that an open file takes besides encoded rows: output stream, footer, the columns' first
   * buffers. Measured 12 KiB on a local disk, without the columns' buffers.
   */
  static final long OVERHEAD = 32 * 1024;

  private static final long MAX_ROWS_UNMEASURED = 1024;

  private final ParquetDataFile file;
  private final String relativePath;
  private final PartitionKey partition;
  private final long rowGroupSize;
  private long size;
  private long nextMeasurement = 1;

  OpenFile(ParquetDataFile file, String relativePath, PartitionKey partition, long rowGroupSize) {
    this.file = file;
    this.relativePath = relativePath;
    this.partition = partition;
    this.rowGroupSize = rowGroupSize;
  }

  PartitionKey partition() {
    return partition;
  }

  RowWriter row() {
    return file.row();
  }

  /** Ends a row; true if the file has grown by a quarter, or much, since it was measured. */
  boolean endRow() throws IOException {
    file.endRow();
    return file.rows() >= nextMeasurement;
  }

  void measure() throws IOException {
    size = file.estimatedSize();
    nextMeasurement = file.rows() + Math.max(1, Math.min(MAX_ROWS_UNMEASURED, file.rows() / 4));
  }

  /** About the size that the file would have if closed, as last measured. */
  long size() {
    return size;
  }

  /** Bytes in memory, at most, as last measured: of the rows, only a row group's are there. */
  long memory() {
    return OVERHEAD + Math.min(size, rowGroupSize);
  }

  DataFile finish() throws IOException {
    return file.finish(relativePath, partition.values());
  }

  @Override
  public String toString() {
    return "Data file " + relativePath;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
