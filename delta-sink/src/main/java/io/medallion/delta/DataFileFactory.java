package io.medallion.delta;

import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;

/**
 * Opens the data files of one writer.
 *
 * <p>A file's name tells where it came from: {@code
 * part-<epoch>-after<checkpoint>-<subtask>-<attempt>-<number>-<random>}. The checkpoint is the last
 * one whose barrier had passed when the file was begun, 0 before the first; so the file's rows are
 * those of the next barrier that passed, or nothing refers to it. An orphan left by a failed
 * attempt can be told apart, and no two attempts ever write the same name.
 */
final class DataFileFactory implements AutoCloseable {

  private static final int PAGE_SIZE = 1024 * 1024;
  private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

  private final TableSpec table;
  private final StructType schema;
  private final RowLayout layout;
  private final Configuration hadoop;
  private final ParquetProperties properties;
  private final CodecFactory codecs;
  private final BytesInputCompressor compressor;
  private final Compression compression;
  private final long rowGroupSize;
  private final String namePrefix;
  private final String nameSuffix;
  private long checkpointId;
  private int opened;

  DataFileFactory(
      TableSpec table,
      Compression compression,
      long rowGroupSize,
      String epoch,
      int subtask,
      int attempt,
      long restoredCheckpointId) {
    FormatLocale.ensureDigits();
    this.table = table;
    this.schema = DeltaSchemas.toDelta(table.rowType());
    this.layout = new RowLayout(table);
    this.hadoop = table.hadoopConfiguration();
    hadoop.setIfUnset(ZSTD_LEVEL, "1");
    this.compression = compression;
    this.rowGroupSize = rowGroupSize;
    this.properties = ParquetProperties.builder().withPageSize(PAGE_SIZE).build();
    this.codecs = new CodecFactory(hadoop, PAGE_SIZE);
    this.compressor = codecs.getCompressor(compression.codec());
    this.namePrefix = String.format(Locale.ROOT, "part-%s-after", epoch.substring(0, 8));
    this.nameSuffix = String.format(Locale.ROOT, "%05d-%d", subtask, attempt);
    this.checkpointId = restoredCheckpointId;
  }

  /** A barrier has passed: files opened from now on are named after it. */
  void passed(long barrierCheckpointId) {
    checkpointId = barrierCheckpointId;
  }

  /** Opens a file in a directory under the table's root; an empty directory is the root itself. */
  OpenFile open(PartitionKey partition) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "%s%d-%s-%d-%s%s.parquet",
            namePrefix,
            checkpointId,
            nameSuffix,
            opened++,
            UUID.randomUUID().toString().substring(0, 13),
            compression.fileSuffix());
    String relativePath =
        table.partitionColumns().isEmpty() ? name : partition.directory() + "/" + name;
    ParquetDataFile file =
        new ParquetDataFile(
            new Path(table.path() + "/" + relativePath),
            hadoop,
            layout,
            schema,
            compressor,
            properties,
            rowGroupSize);
    return new OpenFile(file, relativePath, partition, rowGroupSize);
  }

  @Override
  public void close() {
    codecs.release();
  }
}
