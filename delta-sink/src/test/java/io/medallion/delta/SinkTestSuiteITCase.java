package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.DeltaTable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Flink's own tests of sinks: a basic job, restarts from savepoints, rescaling, metrics. */
class SinkTestSuiteITCase {

  @TempDir static Path folder;

  @Nested
  class OfFlink extends SinkTestSuiteBase<Long> {

    @TestEnv MiniClusterTestEnvironment cluster = new MiniClusterTestEnvironment();

    @TestSemantics CheckpointingMode[] semantics = {CheckpointingMode.EXACTLY_ONCE};

    @TestContext
    ExternalContextFactory<TableContext> tables =
        test -> new TableContext(folder.resolve("table-" + System.nanoTime()).toUri().toString());
  }

  /**
   * One table of numbers. When a test is over and its jobs are gone, the table is read once more:
   * the suite stops reading when it has seen enough, and would miss what came twice after that.
   */
  private static final class TableContext implements DataStreamSinkV2ExternalContext<Long> {
    private final String path;
    private List<Long> written = List.of();

    TableContext(String path) {
      this.path = path;
    }

    @Override
    public Sink<Long> createSink(TestingSinkSettings settings) {
      return new WithoutUid(
          DeltaSink.<Long>builder()
              .tablePath(path)
              .rowType(Numbers.ROW_TYPE)
              .encoder(new Numbers.Encoder())
              .partitionedBy("parity")
              .build());
    }

    @Override
    public ExternalSystemDataReader<Long> createSinkDataReader(TestingSinkSettings settings) {
      return new NewIds();
    }

    @Override
    public List<Long> generateTestData(TestingSinkSettings settings, long seed) {
      written = new Random(seed).longs(200).distinct().boxed().toList();
      return written;
    }

    @Override
    public TypeInformation<Long> getProducedType() {
      return Types.LONG;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
      return List.of();
    }

    @Override
    public void close() {
      assertThat(ids()).doesNotHaveDuplicates().isSubsetOf(written).isNotEmpty();
    }

    private List<Long> ids() {
      DeltaTable table = new DeltaTable(path);
      return table.exists()
          ? table.rows().stream().map(row -> (Long) row.get("id")).toList()
          : List.of();
    }

    /** Returns what was not in the table at the last call. */
    private final class NewIds implements ExternalSystemDataReader<Long> {
      private final List<Long> seen = new ArrayList<>();

      @Override
      public List<Long> poll(Duration timeout) {
        List<Long> added = new ArrayList<>(ids());
        seen.forEach(added::remove);
        seen.addAll(added);
        return added;
      }

      @Override
      public void close() {}
    }
  }

  /**
   * The sink as it is, but for the constant uid of its aggregator: the suite does not give sinks a
   * uid, and Flink then refuses one inside.
   */
  private record WithoutUid(DeltaSink<Long> sink)
      implements Sink<Long>,
          SupportsCommitter<DeltaCommittable>,
          SupportsWriterState<Long, Void>,
          SupportsPreCommitTopology<DataFile, DeltaCommittable> {

    @Override
    public DataStream<CommittableMessage<DeltaCommittable>> addPreCommitTopology(
        DataStream<CommittableMessage<DataFile>> files) {
      DataStream<CommittableMessage<DeltaCommittable>> committables =
          sink.addPreCommitTopology(files);
      committables.getTransformation().getInputs().get(0).setUid(null);
      return committables;
    }

    @Override
    public CommittingSinkWriter<Long, DataFile> createWriter(WriterInitContext context) {
      return sink.createWriter(context);
    }

    @Override
    public StatefulSinkWriter<Long, Void> restoreWriter(
        WriterInitContext context, Collection<Void> none) {
      return sink.restoreWriter(context, none);
    }

    @Override
    public SimpleVersionedSerializer<Void> getWriterStateSerializer() {
      return sink.getWriterStateSerializer();
    }

    @Override
    public SimpleVersionedSerializer<DataFile> getWriteResultSerializer() {
      return sink.getWriteResultSerializer();
    }

    @Override
    public Committer<DeltaCommittable> createCommitter(CommitterInitContext context)
        throws IOException {
      return sink.createCommitter(context);
    }

    @Override
    public SimpleVersionedSerializer<DeltaCommittable> getCommittableSerializer() {
      return sink.getCommittableSerializer();
    }
  }
}
