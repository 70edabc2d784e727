package io.medallion.delta.compact;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.medallion.delta.Compression;
import io.medallion.delta.DeltaRewrite;
import io.medallion.delta.DeltaSchemas;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/**
 * Puts the rows of some files of a table into few large ones, in one commit that changes no row:
 * what the compaction of a job and that of the command have in common.
 *
 * <p>The rows are written file by file, in the order in which the files are given, those of a
 * partition together. One row group is in memory, and one batch of rows. {@link DeltaRewrite} says
 * what happens if somebody else commits meanwhile.
 *
 * @param tablePath the table's root
 * @param hadoopConf Hadoop settings on top of those on the class path; may hold secrets
 * @param targetSize bytes that a file is to have
 * @param largestBuffer bytes of memory for the file that is written, at most
 */
public record FileMerge(
    String tablePath,
    Map<String, String> hadoopConf,
    Compression compression,
    long targetSize,
    long largestBuffer) {

  /**
   * A row group is a quarter of a file or less (the sink makes it half of this buffer): what a file
   * may fall short of its size by, since it ends when its row group is estimated to fill it.
   */
  private static final int FILES_PER_BUFFER = 2;

  /**
   * Whether a file is to be merged. One that has three quarters of the target would be for ever.
   */
  public static boolean isSmall(long bytes, long targetSize) {
    return bytes < targetSize / 4 * 3;
  }

  /**
   * Merges files.
   *
   * @param table a version of it
   * @param scanFiles of that version, as Kernel's scan describes them, with statistics
   * @param condition throws {@link io.medallion.delta.TableConflictException} if the merge must not
   *     be committed after the version that it is given
   * @param onRow called after each row
   * @throws io.medallion.delta.TableConflictException if the table has features that are not known
   *     here, or was changed meanwhile; nothing has happened then
   * @throws InterruptedException if the thread was interrupted; nothing has happened then
   */
  public DeltaRewrite.Result run(
      Snapshot table, List<Row> scanFiles, Consumer<Snapshot> condition, Runnable onRow)
      throws IOException, InterruptedException {
    Configuration hadoop = new Configuration();
    hadoopConf.forEach(hadoop::set);
    try (DeltaRewrite<BatchRow> rewrite = DeltaRewrite.of(sink(table), table, condition)) {
      BatchReader reader = new BatchReader(hadoop, table, largestRow(scanFiles));
      for (Row file : scanFiles) {
        rewrite.replace(file);
        reader.read(
            file,
            row -> {
              rewrite.write(row);
              onRow.run();
            });
      }
      return rewrite.commit();
    }
  }

  private static long largestRow(List<Row> scanFiles) {
    return scanFiles.stream()
        .map(file -> new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)))
        .mapToLong(file -> file.getSize() / Math.max(1, file.getNumRecords().orElse(1L)))
        .max()
        .orElse(1);
  }

  private DeltaSink<BatchRow> sink(Snapshot table) {
    RowType columns = DeltaSchemas.toFlink(table.getSchema());
    List<String> partitionColumns = table.getPartitionColumnNames();
    long buffer = Math.min(largestBuffer, targetSize / FILES_PER_BUFFER);
    DeltaSinkBuilder<BatchRow> builder =
        DeltaSink.<BatchRow>builder()
            .name("compact")
            .tablePath(tablePath)
            .rowType(columns)
            .encoder(new ColumnCopy(columns, partitionColumns))
            .targetFileSize(new MemorySize(targetSize))
            .writeBuffer(new MemorySize(Math.max(1, buffer)))
            .compression(compression)
            .hadoopConf(hadoopConf);
    if (!partitionColumns.isEmpty()) {
      builder.partitionedBy(partitionColumns.toArray(String[]::new));
    }
    return builder.build();
  }

  /** Without Hadoop's settings. */
  @Override
  public String toString() {
    return "FileMerge[%s, %d bytes, %s]".formatted(tablePath, targetSize, compression);
  }
}
