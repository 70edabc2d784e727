package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.job.config.JobConfig;
import io.medallion.job.testing.EventHub;
import io.medallion.job.testing.EventHub.SentEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.prometheus.MetricNamesReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The names that alarms and dashboards are built on: what {@code docker/metrics.txt} lists is what
 * the running job exports to Prometheus.
 */
class MetricsITCase {

  private static final Path LIST = Path.of("../docker/metrics.txt");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CONNECTION_STRING =
      "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=test;SharedAccessKey=dGVzdA==";

  @TempDir static Path folder;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          () ->
              new MiniClusterResourceConfiguration.Builder()
                  .setNumberTaskManagers(1)
                  .setNumberSlotsPerTaskManager(1)
                  .setConfiguration(reporting(names()))
                  .build());

  @Test
  void theRunningJobExportsTheListedMetricsAndNoOtherOfItsOwn() throws Exception {
    Set<String> listed =
        Files.readAllLines(LIST).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.toCollection(TreeSet::new));
    Path secret = Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING);
    try (EmbeddedBroker broker =
            EmbeddedBroker.builder()
                .dataDir(folder.resolve("broker"))
                .connectionString(CONNECTION_STRING)
                .start();
        EventHub hub = new EventHub(broker, "weather", 1)) {
      hub.send(List.of(SentEvent.valid(0, "station", 1_700_000_000_000L, 20)));
      JobClient job = start(broker, hub, secret);
      try {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exported()).containsAll(listed));
        assertThat(exported().stream().filter(MetricsITCase::isOurs)).isSubsetOf(listed);
      } finally {
        job.cancel().get();
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.contains("_medallion_") || name.contains("_delta_");
  }

  private static Set<String> exported() throws IOException {
    return Files.exists(names()) ? Set.copyOf(Files.readAllLines(names())) : Set.of();
  }

  private static Path names() {
    return folder.resolve("metrics");
  }

  private static JobClient start(EmbeddedBroker broker, EventHub hub, Path secret)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("lake.path", folder.resolve("lake").toUri().toString());
    settings.put("source.topic", hub.topic());
    settings.put("source.bootstrap.servers", broker.bootstrapServers());
    settings.put("source.security.protocol", "sasl_plaintext");
    settings.put("source.connection.string.file", secret.toString());
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(1);
    MedallionJob.define(env, JobConfig.of(settings));
    return env.executeAsync("metrics");
  }

  private static Configuration reporting(Path file) {
    Configuration configuration = new Configuration();
    String reporter = "metrics.reporter.names.";
    configuration.setString(
        reporter + "factory.class", MetricNamesReporter.Factory.class.getName());
    configuration.setString(reporter + "interval", "500 ms");
    configuration.setString(reporter + MetricNamesReporter.FILE, file.toString());
    return configuration;
  }
}
