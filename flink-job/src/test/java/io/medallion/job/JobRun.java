package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.decode.EventDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on the MiniCluster of a test, from a topic into a lake in a folder of its own. */
final class JobRun {

  static final String CONNECTION_STRING =
      "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=test;SharedAccessKey=dGVzdA==";
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private JobClient job;

  JobRun(EmbeddedBroker broker, Path folder, String topic) throws IOException {
    this.folder = folder;
    Path secret = Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING);
    settings.put("lake.path", lake());
    settings.put("source.topic", topic);
    settings.put("source.bootstrap.servers", broker.bootstrapServers());
    settings.put("source.security.protocol", "SASL_PLAINTEXT");
    settings.put("source.connection.string.file", secret.toString());
  }

  /** Keeps a setting for all starts. */
  JobRun with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  JobClient start(int parallelism, Map<String, String> more, Configuration flink) throws Exception {
    return start(parallelism, more, flink, EventDecoder::of);
  }

  JobClient start(
      int parallelism, Map<String, String> more, Configuration flink, EventDecoder.Factory decoders)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    // On a busy machine checkpoints would otherwise follow each other without a record in between.
    configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(200));
    // As it is shipped.
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    configuration.addAll(flink);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration)
            .setParallelism(parallelism);
    MedallionJob.define(env, config(more), decoders);
    job = env.executeAsync();
    return job;
  }

  JobConfig config(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(more);
    return JobConfig.of(all);
  }

  static Configuration resume(String savepoint) {
    return new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  /** Stops the job that was started last; returns the savepoint. */
  String stop(boolean drain) throws Exception {
    return job.stopWithSavepoint(
            drain, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  void awaitBronze(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(rows("bronze")).hasSizeGreaterThanOrEqualTo(count));
  }

  /** The rows of a table; none if it is not there yet. */
  List<Map<String, Object>> rows(String table) {
    DeltaTable delta = new DeltaTable(lake() + "/" + table);
    return delta.exists() ? delta.rows() : List.of();
  }

  String lake() {
    return folder.resolve("lake").toUri().toString().replaceAll("/$", "");
  }

  /** Cancels the job unless it is over; returns when nothing of it writes any more. */
  void cancel() throws Exception {
    if (job != null && !job.getJobStatus().get().isGloballyTerminalState()) {
      job.cancel().get();
      await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(Set.of("delta-log-maintenance", "delta-compaction")::contains));
  }
}
