package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * However a job ends, no thread of the sink lives on, and every stream that was opened is closed.
 */
class ResourcesITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  private static final List<String> THREADS = List.of("delta-log-maintenance", "delta-compaction");

  @TempDir Path folder;
  private Numbers numbers;

  @BeforeEach
  void name(TestInfo test) {
    numbers = new Numbers(test.getTestMethod().orElseThrow().getName(), folder);
  }

  @Test
  void afterTheEnd() throws Exception {
    start(2_000).getJobExecutionResult().get();
    numbers.assertHoldsNumbersBelow(2_000);
    assertNothingIsLeft();
  }

  @Test
  void afterACancellation() throws Exception {
    JobClient job = start(Long.MAX_VALUE);
    awaitCommits();
    assertThat(liveThreads()).as("the test looks for the right names").containsAll(THREADS);
    job.cancel().get();
    assertNothingIsLeft();
  }

  @Test
  void afterAFailedCommit() throws Exception {
    JobClient job = start(Long.MAX_VALUE);
    awaitCommits();
    numbers.faults().failNext(1_000, Moment.BEFORE, op -> op.shape().equals("rename N.json"));
    assertThatThrownBy(() -> job.getJobExecutionResult().get()).hasStackTraceContaining("Injected");
    assertNothingIsLeft();
  }

  @Test
  void afterStorageThatFailsInTheCleanUpTooTheTaskManagerLives() throws Exception {
    JobClient job = start(Long.MAX_VALUE);
    awaitCommits();
    numbers.faults().failNext(1_000, Moment.AFTER, op -> op.shape().equals("close data file"));
    assertThatThrownBy(() -> job.getJobExecutionResult().get()).hasStackTraceContaining("Injected");
    assertNothingIsLeft();
    numbers = new Numbers("another", folder);
    afterTheEnd();
  }

  private void awaitCommits() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> numbers.table().exists() && numbers.table().version() > 4);
  }

  /** A cancelled task's end is not waited for by whoever cancels it. */
  private void assertNothingIsLeft() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(liveThreads()).isEmpty();
              assertThat(numbers.faults().openStreams()).isEmpty();
            });
  }

  private static List<String> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(THREADS::contains)
        .toList();
  }

  private JobClient start(long rows) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<Long>(
                number -> number, rows, RateLimiterStrategy.perSecond(4_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .sinkTo(
            numbers
                .builder()
                .tableProperty("delta.checkpointInterval", "2")
                .compaction(4, MemorySize.ofMebiBytes(1))
                .build())
        .uid("delta");
    return env.executeAsync();
  }
}
