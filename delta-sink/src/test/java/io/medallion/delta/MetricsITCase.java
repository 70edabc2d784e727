package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics that the README lists are there in a running job, and tell the truth. */
class MetricsITCase {

  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  private static final Pattern TABLE_ROW =
      Pattern.compile("(?m)^\\| `([\\w.]+)` \\| (counter|gauge)");
  private static final long ROWS = 2_000;

  @TempDir Path folder;

  @Test
  void everyMetricOfTheReadmeIsThere() throws Exception {
    Numbers numbers = new Numbers("metrics", folder);
    JobID job = run(numbers, numbers.builder().compaction(100, MemorySize.ofMebiBytes(1)).build());
    List<MatchResult> documented =
        TABLE_ROW.matcher(Files.readString(Path.of("README.md"))).results().toList();
    assertThat(documented).hasSizeGreaterThan(14);
    for (MatchResult row : documented) {
      assertThat(of(job, row.group(1)))
          .as(row.group(1))
          .isNotEmpty()
          .allMatch(metric -> row.group(2).equals("gauge") == metric instanceof Gauge);
    }
  }

  @Test
  void countersCountWhatIsInTheTable() throws Exception {
    Numbers numbers = new Numbers("counts", folder);
    JobID job = run(numbers);
    long files = numbers.table().files().size();
    assertThat(sum(job, "numRecordsSend")).isEqualTo(ROWS);
    assertThat(sum(job, "delta.numRowsCommitted")).isEqualTo(ROWS);
    assertThat(sum(job, "delta.numFilesWritten")).isEqualTo(files);
    assertThat(sum(job, "delta.numFilesCommitted")).isEqualTo(files);
    assertThat(sum(job, "numBytesSend"))
        .isEqualTo(sum(job, "delta.numBytesCommitted"))
        .isPositive();
    // Version 0 made the table, version 1 its owner known.
    assertThat(sum(job, "delta.numCommits")).isEqualTo(numbers.table().version() - 1);
    assertThat(gauges(job, "delta.lastCommitDuration")).anyMatch(millis -> millis >= 0);
    assertThat(gauges(job, "delta.secondsSinceLastCommit"))
        .as("the first committer commits, the second does not")
        .hasSize(2)
        .containsOnlyOnce(-1L);
    assertThat(gauges(job, "delta.versionsSinceLogCheckpoint"))
        .contains(numbers.table().version() + 1);
    assertThat(gauges(job, "delta.openFiles")).containsOnly(0L);
  }

  @Test
  void retriesAndFailedLogCheckpointsAreCountedAndDoNotFailTheJob() throws Exception {
    Numbers numbers = new Numbers("failures", folder);
    AtomicBoolean commitFailed = new AtomicBoolean();
    numbers
        .faults()
        .includingBackground()
        .failNext(
            Long.MAX_VALUE,
            Moment.BEFORE,
            operation ->
                operation.path().getName().contains(".checkpoint.")
                    || (operation.kind().equals("rename")
                        && operation.path().getName().equals("%020d.json".formatted(2))
                        && commitFailed.compareAndSet(false, true)));
    JobID job =
        run(numbers, numbers.builder().tableProperty("delta.checkpointInterval", "1").build());
    numbers.assertHoldsNumbersBelow(ROWS);
    assertThat(sum(job, "delta.numCommitRetries")).isEqualTo(1);
    assertThat(sum(job, "delta.numLogCheckpointFailures"))
        .isEqualTo(sum(job, "delta.numCommits"))
        .isEqualTo(sum(job, "delta.numLogMaintenanceFailures"));
  }

  private static JobID run(Numbers numbers) throws Exception {
    return run(numbers, numbers.sink());
  }

  private static JobID run(Numbers numbers, DeltaSink<Long> sink) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2);
    env.fromSource(
            new DataGeneratorSource<Long>(
                number -> number, ROWS, RateLimiterStrategy.perSecond(4_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .sinkTo(sink)
        .uid("delta")
        .name("delta");
    JobID job = env.execute().getJobID();
    assertThat(numbers.ids()).hasSize((int) ROWS);
    return job;
  }

  /** A metric of all subtasks of the sink. */
  private static List<Metric> of(JobID job, String name) {
    return REPORTER.getMetricsByGroup().entrySet().stream()
        .filter(group -> isOfTheSink(group.getKey().getAllVariables(), job))
        .flatMap(
            group ->
                group.getValue().entrySet().stream()
                    .filter(
                        metric ->
                            group
                                .getKey()
                                .getMetricIdentifier(metric.getKey())
                                .matches(".*: (Writer|Committer)\\.\\d+\\." + Pattern.quote(name))))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean isOfTheSink(Map<String, String> scope, JobID job) {
    return job.toString().equals(scope.get("<job_id>"))
        && scope.getOrDefault("<operator_name>", "").startsWith("delta: ");
  }

  private static long sum(JobID job, String name) {
    return of(job, name).stream().mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }

  private static List<Long> gauges(JobID job, String name) {
    return of(job, name).stream()
        .map(metric -> ((Number) ((Gauge<?>) metric).getValue()).longValue())
        .toList();
  }
}
