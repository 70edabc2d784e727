package io.medallion.delta;

import static org.apache.flink.util.Preconditions.checkArgument;
import static org.apache.flink.util.Preconditions.checkNotNull;

import io.medallion.delta.DeltaSink.WriteOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Describes a {@link DeltaSink}. Does no I/O: the table is looked at when the job runs.
 *
 * @param <T> the stream's element type
 */
public final class DeltaSinkBuilder<T> {

  private static final long MAX_ROW_GROUP_SIZE = MemorySize.ofMebiBytes(32).getBytes();

  private String name = "flink";
  private String path;
  private RowType rowType;
  private RowEncoder<T> encoder;
  private List<String> partitionColumns = List.of();
  private MemorySize targetFileSize = MemorySize.ofMebiBytes(128);
  private MemorySize writeBuffer = MemorySize.ofMebiBytes(64);
  private Compression compression = Compression.ZSTD;
  private RewindPolicy rewindPolicy = RewindPolicy.FAIL;
  private SchemaPolicy schemaPolicy = SchemaPolicy.STRICT;
  private RowMeaning meaning = RowMeaning.NONE;
  private Retries retries = Retries.DEFAULT;
  private CompactionOptions compaction;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> hadoopConf = new LinkedHashMap<>();

  DeltaSinkBuilder() {}

  /**
   * Names the sink in the table's history; default {@code flink}. Constant over restarts and
   * upgrades, and different for each of several jobs that write to the same table.
   */
  public DeltaSinkBuilder<T> name(String sinkName) {
    checkArgument(
        sinkName.matches("[A-Za-z0-9_-]+"),
        "Sink name '%s' may hold letters, digits, '_' and '-' only",
        sinkName);
    this.name = sinkName;
    return this;
  }

  /** The table's root: any path that Hadoop can reach, e.g. {@code abfss://c@account…/bronze}. */
  public DeltaSinkBuilder<T> tablePath(String tablePath) {
    this.path = checkNotNull(tablePath).replaceAll("(?<=[^/:])/+$", "");
    return this;
  }

  /** All columns of the table, partition columns included. Timestamps as TIMESTAMP_LTZ(6). */
  public DeltaSinkBuilder<T> rowType(RowType columns) {
    this.rowType = checkNotNull(columns);
    return this;
  }

  /** Turns an element into a row. */
  public DeltaSinkBuilder<T> encoder(RowEncoder<T> rowEncoder) {
    this.encoder = checkNotNull(rowEncoder);
    return this;
  }

  /** Partitions the table by these columns, in this order; default not partitioned. */
  public DeltaSinkBuilder<T> partitionedBy(String... columns) {
    this.partitionColumns = List.of(columns);
    return this;
  }

  /**
   * A Delta table property, set when the sink creates the table; that of an existing table is left
   * alone. {@code delta.logRetentionDuration}, default {@code interval 30 days}, is how long the
   * log is kept, and thereby the oldest savepoint to which {@link RewindPolicy#ROLLBACK} can go.
   */
  public DeltaSinkBuilder<T> tableProperty(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /**
   * What the rows mean; default {@link RowMeaning#NONE}. A table whose rows mean something that
   * does not go with it stops the job. A new table gets its properties, and one that is there gets
   * them with {@link SchemaPolicy#ADD_COLUMNS}.
   */
  public DeltaSinkBuilder<T> meaning(RowMeaning rowMeaning) {
    this.meaning = checkNotNull(rowMeaning);
    return this;
  }

  /** Size at which a file is finished and a new one begun; default 128 MiB. */
  public DeltaSinkBuilder<T> targetFileSize(MemorySize size) {
    checkArgument(size.getBytes() > 0, "The target file size must be positive");
    this.targetFileSize = size;
    return this;
  }

  /**
   * Memory for the open files of one writer (subtask), default 64 MiB. A file is open for each
   * partition that has got rows since the last checkpoint; when they take more than this together,
   * the least recently used ones are finished early. An open file takes some 32 KiB and its rows,
   * encoded: the default is enough for 1,000 partitions at once.
   */
  public DeltaSinkBuilder<T> writeBuffer(MemorySize size) {
    checkArgument(size.getBytes() > 0, "The write buffer must be positive");
    this.writeBuffer = size;
    return this;
  }

  /** Compression of the data files; default {@link Compression#ZSTD}. */
  public DeltaSinkBuilder<T> compression(Compression codec) {
    this.compression = checkNotNull(codec);
    return this;
  }

  /**
   * What to do when the table is ahead of the restored state; default {@link RewindPolicy#FAIL}.
   */
  public DeltaSinkBuilder<T> onRewind(RewindPolicy policy) {
    this.rewindPolicy = checkNotNull(policy);
    return this;
  }

  /** What to do when the table lacks columns; default {@link SchemaPolicy#STRICT}. */
  public DeltaSinkBuilder<T> onMissingColumns(SchemaPolicy policy) {
    this.schemaPolicy = checkNotNull(policy);
    return this;
  }

  /** Hadoop settings on top of those on the class path, e.g. {@code fs.azure.…}. */
  public DeltaSinkBuilder<T> hadoopConf(Map<String, String> settings) {
    hadoopConf.putAll(settings);
    return this;
  }

  /**
   * Has the job merge small files of the table while it runs, behind the commits; default not.
   * Files are small below three quarters of the target size. When a partition of the table (or the
   * table, if it has none) has more than half of the number, some are merged, so that there are
   * never more if merging keeps up. Tables with features that are not known here are left alone.
   *
   * @param maxSmallFiles of a partition; at least 4
   * @param targetSize of a merged file
   */
  public DeltaSinkBuilder<T> compaction(int maxSmallFiles, MemorySize targetSize) {
    checkArgument(maxSmallFiles >= 4, "The greatest number of small files must be 4 or more");
    checkArgument(targetSize.getBytes() > 0, "The target size must be positive");
    this.compaction = new CompactionOptions(maxSmallFiles, targetSize.getBytes());
    return this;
  }

  /** How persistently storage errors are met within one attempt of the job. */
  DeltaSinkBuilder<T> retries(Retries commitRetries) {
    this.retries = checkNotNull(commitRetries);
    return this;
  }

  /** So small that another file has room in the write buffer beside a full row group. */
  private long rowGroupSize() {
    return Math.min(
        MAX_ROW_GROUP_SIZE,
        Math.min(targetFileSize.getBytes(), Math.max(1, writeBuffer.getBytes() / 2)));
  }

  /** Builds the sink; throws {@link IllegalArgumentException} if the description is not whole. */
  @SuppressWarnings("unchecked") // A RowDataEncoder is only ever set where T is RowData.
  public DeltaSink<T> build() {
    checkArgument(path != null && !path.isBlank(), "tablePath is missing");
    checkArgument(rowType != null, "rowType is missing");
    checkArgument(encoder != null, "encoder is missing");
    DeltaSchemas.toDelta(rowType);
    for (String column : partitionColumns) {
      int index = rowType.getFieldIndex(column);
      checkArgument(
          index >= 0, "Partition column '%s' is not one of %s", column, rowType.getFieldNames());
      LogicalType type = rowType.getTypeAt(index);
      checkArgument(
          PartitionKey.supports(type),
          "Column '%s' of type %s can't partition a table",
          column,
          type);
    }
    checkArgument(
        partitionColumns.size() < rowType.getFieldCount(),
        "A table needs a column that is not a partition column");
    TableSpec table =
        new TableSpec(
            path,
            rowType,
            partitionColumns,
            new LinkedHashMap<>(properties),
            new LinkedHashMap<>(hadoopConf));
    RowEncoder<T> rowEncoder =
        encoder instanceof RowDataEncoder rowData
            ? (RowEncoder<T>) rowData.partitionedBy(table)
            : encoder;
    return new DeltaSink<>(
        table,
        new TableOptions(name, rewindPolicy, schemaPolicy, meaning, retries),
        rowEncoder,
        new WriteOptions(
            compression, targetFileSize.getBytes(), rowGroupSize(), writeBuffer.getBytes()),
        compaction);
  }
}
