package io.medallion.delta;

import java.io.Serializable;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.DefaultLineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes a stream to a Delta Lake table, exactly once.
 *
 * <p>Writers encode elements into Parquet files as they arrive; at every Flink checkpoint the files
 * of all writers become one version of the table, or none if nothing was written. The table is
 * created when the job starts, with reader version 1 and writer version 2, so that everything that
 * reads Delta reads it.
 *
 * <p>Give the sink a {@code uid} in the job: its state is what makes it exactly once across
 * restarts. In a job without checkpoints, a bounded input is committed at its end.
 *
 * @param <T> the stream's element type
 */
public final class DeltaSink<T>
    implements Sink<T>,
        SupportsCommitter<DeltaCommittable>,
        SupportsWriterState<T, Void>,
        SupportsPreCommitTopology<DataFile, DeltaCommittable>,
        LineageVertexProvider {

  private static final long serialVersionUID = 1L;

  private final TableSpec table;
  private final TableOptions tableOptions;
  private final RowEncoder<T> encoder;
  private final WriteOptions options;

  /** Null: the job merges no files. */
  private final CompactionOptions compaction;

  /** Names this submission of the job: made once where the job is put together. */
  private final String epoch = UUID.randomUUID().toString();

  DeltaSink(
      TableSpec table,
      TableOptions tableOptions,
      RowEncoder<T> encoder,
      WriteOptions options,
      CompactionOptions compaction) {
    this.compaction = compaction;
    this.table = table;
    this.tableOptions = tableOptions;
    this.encoder = encoder;
    this.options = options;
  }

  /** Starts the description of a sink. */
  public static <T> DeltaSinkBuilder<T> builder() {
    return new DeltaSinkBuilder<>();
  }

  /** Starts the description of a sink of Flink's internal rows. */
  public static DeltaSinkBuilder<RowData> forRowData(RowType rowType) {
    return DeltaSink.<RowData>builder().rowType(rowType).encoder(new RowDataEncoder(rowType));
  }

  @Override
  public LineageVertex getLineageVertex() {
    DefaultLineageVertex vertex = new DefaultLineageVertex();
    vertex.addLineageDataset(TableDataset.of(table));
    return vertex;
  }

  @Override
  public CommittingSinkWriter<T, DataFile> createWriter(WriterInitContext context) {
    return newWriter(context);
  }

  @Override
  public StatefulSinkWriter<T, Void> restoreWriter(
      WriterInitContext context, Collection<Void> none) {
    return newWriter(context);
  }

  private DeltaSinkWriter<T> newWriter(WriterInitContext context) {
    context
        .getUserCodeClassLoader()
        .registerReleaseHookIfAbsent(HadoopRelease.NAME, new HadoopRelease());
    TaskInfo task = context.getTaskInfo();
    return newWriter(
        epoch,
        task.getIndexOfThisSubtask(),
        task.getAttemptNumber(),
        context.getRestoredCheckpointId().orElse(0),
        context.metricGroup());
  }

  DeltaSinkWriter<T> newWriter(
      String writerEpoch,
      int subtask,
      int attempt,
      long restoredCheckpointId,
      SinkWriterMetricGroup metrics) {
    DataFileFactory factory =
        new DataFileFactory(
            table,
            options.compression(),
            options.rowGroupSize(),
            writerEpoch,
            subtask,
            attempt,
            restoredCheckpointId);
    return new DeltaSinkWriter<>(
        table, encoder, factory, options.targetFileSize(), options.writeBuffer(), metrics);
  }

  CommitAggregator aggregator() {
    return new CommitAggregator(table, tableOptions, epoch);
  }

  TableSpec table() {
    return table;
  }

  TableOptions options() {
    return tableOptions;
  }

  @Override
  public Committer<DeltaCommittable> createCommitter(CommitterInitContext context) {
    boolean first = context.getTaskInfo().getIndexOfThisSubtask() == 0;
    return new DeltaCommitter(
        table,
        tableOptions,
        new CommitMetrics(context.metricGroup(), first),
        first && compaction != null
            ? Optional.of(
                compactor(context.metricGroup(), TableCompactor.newExecutor(), System::nanoTime))
            : Optional.empty());
  }

  /**
   * What merges files of the table while the job runs.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  TableCompactor compactor(MetricGroup metrics, ExecutorService executor, LongSupplier nanoTime) {
    LiveFiles files = new LiveFiles(compaction.targetSize());
    return new TableCompactor(
        table,
        tableOptions.sinkName(),
        compaction,
        TableCompactor.merge(table, compaction, options.compression()),
        files,
        new CompactionMetrics(metrics, compaction, files),
        executor,
        nanoTime);
  }

  @Override
  public DataStream<CommittableMessage<DeltaCommittable>> addPreCommitTopology(
      DataStream<CommittableMessage<DataFile>> files) {
    return files
        .global()
        .transform(
            "Aggregator",
            CommittableMessageTypeInfo.of(this::getCommittableSerializer),
            aggregator())
        .uid("aggregator")
        .setParallelism(1)
        .setMaxParallelism(1)
        .global();
  }

  @Override
  public SimpleVersionedSerializer<DataFile> getWriteResultSerializer() {
    return BinaryFormat.dataFiles();
  }

  @Override
  public SimpleVersionedSerializer<Void> getWriterStateSerializer() {
    return BinaryFormat.nothing();
  }

  @Override
  public SimpleVersionedSerializer<DeltaCommittable> getCommittableSerializer() {
    return BinaryFormat.committables();
  }

  /**
   * How files are written.
   *
   * @param targetFileSize bytes after which a file is finished and a new one begun
   * @param rowGroupSize bytes of encoded rows kept in memory per open file
   * @param writeBuffer bytes of memory for all open files of a writer
   */
  record WriteOptions(
      Compression compression, long targetFileSize, long rowGroupSize, long writeBuffer)
      implements Serializable {}
}
