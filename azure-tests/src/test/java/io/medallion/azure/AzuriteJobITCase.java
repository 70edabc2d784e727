package io.medallion.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.MedallionJob;
import io.medallion.job.config.JobConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job with tables, checkpoints and savepoint on Azurite. */
@Timeout(300)
class AzuriteJobITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final String CONNECTION_STRING =
      "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=test;SharedAccessKey=dGVzdA==";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("outage.seconds", 5));
  private static final String LAKE = Azurite.uri("lake") + "/weather";
  private static final String STATE = Azurite.uri("state");

  @TempDir Path folder;

  @Test
  void anOutageOfStorageAndASavepointCostNoEventAndDoubleNone() throws Exception {
    Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING);
    try (Azurite azurite = Azurite.start(Files.createDirectory(folder.resolve("azurite")));
        EmbeddedBroker broker =
            EmbeddedBroker.builder()
                .dataDir(folder.resolve("broker"))
                .connectionString(CONNECTION_STRING)
                .start()) {
      broker.createTopic("weather", 1);
      FileSystem.initialize(flinkStorage(azurite), null);
      try {
        send(broker, 0, 100);
        JobClient first = start(azurite, broker, new Configuration());
        awaitBronze(azurite, 100);

        azurite.stop();
        send(broker, 100, 100);
        await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> true);
        azurite.start();
        awaitBronze(azurite, 200);

        String savepoint =
            first
                .stopWithSavepoint(false, STATE + "/savepoints", SavepointFormatType.CANONICAL)
                .get();
        assertThat(savepoint).startsWith(STATE);
        send(broker, 200, 100);
        JobClient second =
            start(
                azurite,
                broker,
                new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
        awaitBronze(azurite, 300);
        second.stopWithSavepoint(false, STATE + "/savepoints", SavepointFormatType.CANONICAL).get();

        List<Long> sent = LongStream.range(0, 300).boxed().toList();
        assertThat(offsets(azurite, "bronze")).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(offsets(azurite, "silver")).containsExactlyInAnyOrderElementsOf(sent);
      } finally {
        FileSystem.initialize(new Configuration(), null);
      }
    }
  }

  private JobClient start(Azurite azurite, EmbeddedBroker broker, Configuration flink)
      throws Exception {
    Configuration configuration = new Configuration(flink);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, STATE + "/checkpoints");
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1000);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
    MedallionJob.define(env, config(azurite, broker));
    return env.executeAsync("azurite");
  }

  private JobConfig config(Azurite azurite, EmbeddedBroker broker) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("lake.path", LAKE);
    all.put("source.topic", "weather");
    all.put("source.bootstrap.servers", broker.bootstrapServers());
    all.put("source.security.protocol", "sasl_plaintext");
    all.put("source.connection.string.file", folder.resolve("connection-string").toString());
    azurite.settings().forEach((key, value) -> all.put("hadoop." + key, value));
    Path key =
        Files.writeString(folder.resolve("key"), azurite.settings().get(Azurite.keySetting()));
    all.put("hadoop." + Azurite.keySetting(), "${file:" + key + "}");
    // Failing soon is failing often: what the outage should see is restarts, not one long retry.
    all.put("hadoop.fs.azure.io.retry.max.retries", "2");
    return JobConfig.of(all);
  }

  private static Configuration flinkStorage(Azurite azurite) {
    Configuration flink = new Configuration();
    flink.setString("fs.allowed-fallback-filesystems", "abfs;abfss");
    azurite.settings().forEach((key, value) -> flink.setString("flink.hadoop." + key, value));
    flink.setString("flink.hadoop.fs.azure.io.retry.max.retries", "2");
    return flink;
  }

  private static void send(EmbeddedBroker broker, int from, int count) throws Exception {
    List<Future<?>> answers = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < from + count; i++) {
        String body =
            """
            {"temperature": %d, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
            "precipitation": 0, "conditions": "Sunny"}"""
                .formatted(i % 40);
        answers.add(
            producer.send(
                new ProducerRecord<>("weather", 0, null, body.getBytes(StandardCharsets.UTF_8))));
      }
      producer.flush();
      for (Future<?> answer : answers) {
        answer.get();
      }
    }
  }

  private static void awaitBronze(Azurite azurite, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(offsets(azurite, "bronze")).hasSize(count));
  }

  private static List<Long> offsets(Azurite azurite, String table) {
    DeltaTable delta = new DeltaTable(LAKE + "/" + table, azurite.hadoop());
    return delta.exists()
        ? delta.rows().stream().map(row -> (Long) row.get("offset")).toList()
        : List.of();
  }
}
