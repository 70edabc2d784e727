package io.medallion.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.broker.EmbeddedBroker;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.redrive.RedriveCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event that tells no time was rejected, and was sent again when its rule had been relaxed. */
class RedrivenCopiesITCase {

  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=test;SharedAccessKey=c2VjcmV0LWtleQ==";
  private static final String EVENT =
      """
      {"stationId": "a", "eventId": "%d", "temperature": %d, "humidity": 60, "windSpeed": 10,
       "windDirection": "NW", "precipitation": 0, "conditions": "Sunny"}""";

  @TempDir private Path temp;
  private EmbeddedBroker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker =
        EmbeddedBroker.builder()
            .dataDir(temp.resolve("broker"))
            .connectionString(CONNECTION_STRING)
            .start();
    broker.createTopic("weather", 1);
    try (Admin admin = Admin.create(Map.copyOf(broker.clientProperties()))) {
      AlterConfigOp sendersTime =
          new AlterConfigOp(
              new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, "weather"), List.of(sendersTime)))
          .all()
          .get();
    }
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void theCopyThatCameOnAnotherDayIsNotAddedASecondTime() throws Exception {
    Instant now = Instant.now();
    send(7, 20, now.minus(Duration.ofDays(2)));
    send(8, 20, now.minus(Duration.ofDays(2)));
    run(2, "--set", "rule.temperature.range=0..10");
    send(7, 20, now);
    send(8, 21, now);
    run(2);

    JsonNode redriven = redrive();

    assertThat(redriven.at("/all/repeated").longValue()).as("id 7").isEqualTo(1);
    assertThat(redriven.at("/all/added").longValue()).as("id 8").isEqualTo(1);
    assertThat(redrive().at("/all/repeated").longValue()).isEqualTo(1);
    try (MedallionProcess audit = MedallionProcess.audit(temp, lake())) {
      assertThat(audit.awaitExit()).as(() -> audit.out() + audit.err()).isZero();
    }
  }

  private void send(int id, int temperature, Instant time) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] body = EVENT.formatted(id, temperature).getBytes(UTF_8);
      producer.send(new ProducerRecord<>("weather", 0, time.toEpochMilli(), null, body)).get();
    }
  }

  private void run(int events, String... options) throws IOException, InterruptedException {
    Path secret = Files.writeString(temp.resolve("connection-string"), CONNECTION_STRING + "\n");
    List<String> all =
        new ArrayList<>(
            List.of(
                "--lake",
                lake().toString(),
                "--bootstrap",
                broker.bootstrapServers(),
                "--security-protocol",
                "SASL_PLAINTEXT",
                "--connection-string-file",
                secret.toString(),
                "--topic",
                "weather",
                "--events",
                Integer.toString(events),
                "--json"));
    all.addAll(List.of(options));
    try (MedallionProcess process = MedallionProcess.start(temp, all.toArray(String[]::new))) {
      assertThat(process.awaitExit()).as(process::err).isZero();
    }
  }

  private JsonNode redrive() throws IOException {
    CommandRun run =
        CommandRun.on(lake(), new RedriveCommand(), "--json", "--set=window.size=10 s");
    return new JsonMapper().readTree(run.done().out());
  }

  private Path lake() {
    return temp.resolve("lake");
  }
}
