package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a MiniCluster: what was read is in the table, once. */
class DeltaSinkITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final RowType ROW_TYPE =
      RowType.of(
          new LogicalType[] {new BigIntType(), new VarCharType(VarCharType.MAX_LENGTH)},
          new String[] {"id", "parity"});

  @TempDir Path folder;

  @Test
  void boundedInputIsInTheTableWhenTheJobEnds() throws Exception {
    StreamExecutionEnvironment env = environment(Duration.ofMillis(200));
    run(env, 20_000, 20_000);
    assertThat(ids()).containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
  }

  @Test
  void withoutCheckpointsABoundedInputIsCommittedAtItsEnd() throws Exception {
    StreamExecutionEnvironment env = environment(Duration.ZERO);
    run(env, 1_000, 100_000);
    assertThat(ids()).containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
  }

  private static StreamExecutionEnvironment environment(Duration checkpointInterval) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (!checkpointInterval.isZero()) {
      configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    }
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(3);
  }

  private void run(StreamExecutionEnvironment env, long count, double perSecond) throws Exception {
    DataGeneratorSource<Long> numbers =
        new DataGeneratorSource<>(
            n -> n, count, RateLimiterStrategy.perSecond(perSecond), Types.LONG);
    env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .sinkTo(
            DeltaSink.<Long>builder()
                .tablePath(folder.toUri() + "table")
                .rowType(ROW_TYPE)
                .encoder(new NumberEncoder())
                .partitionedBy("parity")
                .build())
        .uid("delta");
    env.execute();
  }

  private java.util.List<Long> ids() {
    return new DeltaTable(folder.toUri() + "table")
        .rows().stream().map(row -> (Long) row.get("id")).sorted().toList();
  }

  private static final class NumberEncoder implements RowEncoder<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encodePartition(Long number, RowWriter out) {
      out.setString(1, number % 2 == 0 ? "even" : "odd");
    }

    @Override
    public void encode(Long number, RowWriter out) {
      out.setLong(0, number);
    }
  }
}
