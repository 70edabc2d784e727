package io.medallion.delta;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * One open data file of a table: encodes rows as they come, in row groups of bounded size, so that
 * closing it at a checkpoint only flushes the last one.
 *
 * <p>A file that is not {@linkplain #finish finished} leaves nothing that the table refers to; what
 * it wrote so far is removed as far as possible.
 */
final class ParquetDataFile implements AutoCloseable {

  private static final int MAX_PADDING = 8 * 1024 * 1024;
  private static final int ROWS_BETWEEN_SIZE_CHECKS = 512;

  private final FileSystem fileSystem;
  private final Path file;
  private final RowLayout layout;
  private final StructType schema;
  private final BytesInputCompressor compressor;
  private final ParquetProperties properties;
  private final ParquetFileWriter writer;
  private final long rowGroupSize;

  private ColumnChunkPageWriteStore pages;
  private ColumnBuffers rowGroup;
  private long rowsInGroup;
  private long rows;
  private long nextSizeCheck = ROWS_BETWEEN_SIZE_CHECKS;
  private boolean finished;

  ParquetDataFile(
      Path file,
      Configuration hadoop,
      RowLayout layout,
      StructType schema,
      BytesInputCompressor compressor,
      ParquetProperties properties,
      long rowGroupSize)
      throws IOException {
    this.file = file;
    this.fileSystem = file.getFileSystem(hadoop);
    this.layout = layout;
    this.schema = schema;
    this.compressor = compressor;
    this.properties = properties;
    this.rowGroupSize = rowGroupSize;
    this.writer =
        new ParquetFileWriter(
            LocalDisk.newFile(file, fileSystem, hadoop),
            layout.schema(),
            ParquetFileWriter.Mode.CREATE,
            rowGroupSize,
            MAX_PADDING,
            null,
            properties);
    startRowGroup();
    try {
      writer.start();
    } catch (IOException | RuntimeException failure) {
      try {
        close();
      } catch (IOException | RuntimeException further) {
        failure.addSuppressed(further);
      }
      throw failure;
    }
  }

  /** Where the next row goes. Valid until the next call of {@link #endRow}. */
  RowWriter row() {
    return rowGroup;
  }

  /** Ends the row begun through {@link #row}. */
  void endRow() throws IOException {
    rowGroup.endRow();
    rows++;
    rowsInGroup++;
    if (rowsInGroup >= nextSizeCheck) {
      nextSizeCheck = rowsInGroup + ROWS_BETWEEN_SIZE_CHECKS;
      if (rowGroup.bufferedSize() >= rowGroupSize) {
        flushRowGroup();
        startRowGroup();
      }
    }
  }

  /**
   * Bytes written and buffered so far: at most about the size that the file would have if closed
   * now, since the values of unfinished pages are not encoded yet.
   */
  long estimatedSize() throws IOException {
    return writer.getPos() + rowGroup.bufferedSize();
  }

  long rows() {
    return rows;
  }

  /**
   * Completes the file.
   *
   * @throws IOException also if storage holds another number of bytes than were written
   */
  DataFile finish(String relativePath, Map<String, String> partitionValues) throws IOException {
    flushRowGroup();
    writer.end(Map.of());
    finished = true;
    long size = fileSystem.getFileStatus(file).getLen();
    if (size != writer.getPos()) {
      throw new IOException(
          "Storage holds "
              + size
              + " bytes of "
              + file
              + ", but "
              + writer.getPos()
              + " were written. The file is not used; the job will write it again.");
    }
    return new DataFile(
        relativePath,
        partitionValues,
        size,
        System.currentTimeMillis(),
        rows,
        FileStatistics.of(writer.getFooter(), schema).serializeAsJson(schema));
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    closeRowGroup();
    try {
      writer.close();
    } finally {
      fileSystem.delete(file, false);
    }
  }

  private void startRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            layout.schema(),
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    rowGroup = new ColumnBuffers(layout, pages, properties);
    rowsInGroup = 0;
    nextSizeCheck = ROWS_BETWEEN_SIZE_CHECKS;
  }

  private void flushRowGroup() throws IOException {
    if (rowsInGroup > 0) {
      writer.startBlock(rowsInGroup);
      rowGroup.finish();
      pages.flushToFileWriter(writer);
      writer.endBlock();
    }
    closeRowGroup();
  }

  private void closeRowGroup() {
    rowGroup.close();
    pages.close();
  }
}
