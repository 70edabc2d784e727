package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.delta.testing.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on a MiniCluster: every number that the source emitted is in the table, once. */
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

  private static final long ENDLESS = Long.MAX_VALUE;

  @TempDir Path folder;
  private final Configuration configuration = new Configuration();

  @BeforeEach
  void configure() {
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
  }

  @Test
  void boundedInputIsInTheTableWhenTheJobEnds() throws Exception {
    job(3, 20_000, 20_000).execute();
    assertThat(ids()).isEqualTo(numbersBelow(20_000));
  }

  @Test
  void withoutCheckpointsABoundedInputIsCommittedAtItsEnd() throws Exception {
    configuration.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    job(3, 1_000, 100_000).execute();
    assertThat(ids()).isEqualTo(numbersBelow(1_000));
  }

  @Test
  void aFailoverNeitherLosesNorDoubles() throws Exception {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    FailOnce.armed.set(true);
    job(2, 20_000, 10_000).execute();
    assertThat(FailOnce.armed).isFalse();
    assertThat(ids()).isEqualTo(numbersBelow(20_000));
  }

  @Test
  void unalignedCheckpointsNeitherLoseNorDouble() throws Exception {
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    aFailoverNeitherLosesNorDoubles();
  }

  @Test
  void aSavepointContinuesInANewJobAtAnotherParallelism() throws Exception {
    resumeFrom(stopAfterRows(job(2, ENDLESS, 5_000), 2_000, false));
    resumeFrom(stopAfterRows(job(4, ENDLESS, 5_000), 5_000, false));
    stopAfterRows(job(1, ENDLESS, 5_000), 5_000, false);
    assertThat(ids()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(10_000);
    assertThat(ids()).isEqualTo(numbersBelow(ids().size()));
  }

  @Test
  void aDrainedSavepointHasEverythingCommittedAndContinues() throws Exception {
    resumeFrom(stopAfterRows(job(2, ENDLESS, 5_000), 2_000, true));
    List<Long> drained = ids();
    assertThat(drained).isEqualTo(numbersBelow(drained.size()));
    stopAfterRows(job(3, ENDLESS, 5_000), 5_000, true);
    assertThat(ids()).isEqualTo(numbersBelow(ids().size()));
  }

  @Test
  void anOlderSavepointIsRefusedBecauseTheTableIsAhead() throws Exception {
    String older = stopAfterRows(job(2, ENDLESS, 5_000), 2_000, false);
    resumeFrom(older);
    stopAfterRows(job(2, ENDLESS, 5_000), 5_000, false);
    List<Long> before = ids();

    resumeFrom(older);
    JobClient second = job(2, ENDLESS, 5_000).executeAsync();
    assertThat(second.getJobExecutionResult())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(TableConflictException.class)
        .withMessageContaining("is ahead of the job");
    assertThat(ids()).isEqualTo(before);
  }

  @Test
  void aStartWithoutStateOnATableWithHistoryIsRefused() throws Exception {
    job(2, 1_000, 10_000).execute();
    JobClient second = job(2, 1_000, 10_000).executeAsync();
    assertThat(second.getJobExecutionResult())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingRootCause()
        .withMessageContaining("started without its state");
    assertThat(ids()).isEqualTo(numbersBelow(1_000));
  }

  private StreamExecutionEnvironment job(int parallelism, long count, double perSecond) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration)
            .setParallelism(parallelism);
    DataGeneratorSource<Long> numbers =
        new DataGeneratorSource<>(
            n -> n, count, RateLimiterStrategy.perSecond(perSecond), Types.LONG);
    env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .setParallelism(1)
        .rebalance()
        .map(new FailOnce())
        .uid("fail-once")
        .sinkTo(
            DeltaSink.<Long>builder()
                .tablePath(table())
                .rowType(ROW_TYPE)
                .encoder(new NumberEncoder())
                .partitionedBy("parity")
                .build())
        .uid("delta");
    return env;
  }

  /** Runs the job until it has added rows to the table, and stops it with a savepoint. */
  private String stopAfterRows(StreamExecutionEnvironment env, long more, boolean drain)
      throws Exception {
    long before = new DeltaTable(table()).exists() ? ids().size() : 0;
    JobClient client = env.executeAsync();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              if (client.getJobStatus().get() == JobStatus.FAILED) {
                client.getJobExecutionResult().get();
              }
              return new DeltaTable(table()).exists() && ids().size() >= before + more;
            });
    String savepoint =
        client
            .stopWithSavepoint(drain, folder.toUri() + "savepoints", SavepointFormatType.CANONICAL)
            .get();
    client.getJobExecutionResult().get();
    return savepoint;
  }

  private void resumeFrom(String savepoint) {
    configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  private String table() {
    return folder.toUri() + "table";
  }

  private List<Long> ids() {
    return new DeltaTable(table())
        .rows().stream().map(row -> (Long) row.get("id")).sorted().toList();
  }

  private static List<Long> numbersBelow(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  /** Throws at the 12,000th number, once, if armed: some checkpoints after the start. */
  private static final class FailOnce implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean armed = new AtomicBoolean();

    @Override
    public Long map(Long number) {
      if (number == 12_000 && armed.compareAndSet(true, false)) {
        throw new IllegalStateException("Injected failure");
      }
      return number;
    }
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
