package io.medallion.delta;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Drives the sink's own parts without a job: one run of the job, one checkpoint a call. */
public final class DirectSink {

  private static final String EPOCH = "00000000-0000-0000-0000-000000000001";

  private final String path;
  private final TableOptions options;

  private Optional<Lineage> restored = Optional.empty();
  private MemorySize targetFileSize = MemorySize.ofMebiBytes(128);
  private Compression compression = Compression.ZSTD;
  private long checkpointId;

  DirectSink(String path) {
    this(path, "flink");
  }

  /**
   * Makes one that was not used yet.
   *
   * @param name of the sink in the table's history
   */
  public DirectSink(String path, String name) {
    this.path = path;
    this.options =
        new TableOptions(
            name, RewindPolicy.FAIL, SchemaPolicy.STRICT, RowMeaning.NONE, Retries.DEFAULT);
  }

  String path() {
    return path;
  }

  DirectSink targetFileSize(MemorySize size) {
    this.targetFileSize = size;
    return this;
  }

  DirectSink compression(Compression codec) {
    this.compression = codec;
    return this;
  }

  /** Writes the rows as one checkpoint; creates the table if need be. */
  void write(RowType rowType, List<String> partitionColumns, List<RowData> rows) throws Exception {
    write(
        DeltaSink.forRowData(rowType).partitionedBy(partitionColumns.toArray(new String[0])), rows);
  }

  /** As above, by a sink that is ready but for its path and the options of this. */
  public <T> void write(DeltaSinkBuilder<T> builder, List<T> rows) throws Exception {
    DeltaSink<T> sink =
        builder.tablePath(path).targetFileSize(targetFileSize).compression(compression).build();
    TableSpec table = sink.table();
    Lineage lineage =
        new TableEntry(table, options).enter(new JobStart(EPOCH, restored, checkpointId));
    restored = Optional.of(lineage);
    checkpointId++;
    try (DeltaSinkWriter<T> writer =
        sink.newWriter(
            EPOCH,
            0,
            0,
            checkpointId - 1,
            InternalSinkWriterMetricGroup.wrap(
                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup()))) {
      for (T row : rows) {
        writer.write(row, null);
      }
      commit(
          table,
          new DeltaCommittable(
              lineage, checkpointId, Optional.empty(), false, List.copyOf(writer.prepareCommit())));
    }
  }

  private void commit(TableSpec table, DeltaCommittable committable) throws Exception {
    try (DeltaCommitter committer =
        new DeltaCommitter(
            table,
            options,
            new CommitMetrics(
                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup(), true),
            Optional.empty())) {
      committer.commit(List.of(new Request(committable)));
    }
  }

  /**
   * A request whose signals are errors: the committer is expected to commit it, and to say no more.
   */
  record Request(DeltaCommittable getCommittable) implements CommitRequest<DeltaCommittable> {

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
      throw new AssertionError("The data would be discarded", t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void retryLater() {
      throw new AssertionError("Not committed");
    }

    @Override
    public void updateAndRetryLater(DeltaCommittable committable) {
      throw new AssertionError("Not committed");
    }

    @Override
    public void signalAlreadyCommitted() {
      throw new AssertionError("Committed twice");
    }
  }
}
