package io.medallion.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.eventhubs.BrokerProbe;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubsConnection;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {

  private static final String KEY = "abc+/def==";
  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=local;SharedAccessKey=" + KEY;

  @TempDir private Path folder;

  @Test
  void takesAndGivesRecordsOverTheEventHubsSignIn() throws Exception {
    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 3);
      long before = System.currentTimeMillis();

      Records.produce(broker.clientProperties(), "weather", "a", "b");

      List<ConsumerRecord<String, String>> records =
          Records.consume(broker.clientProperties(), "weather");
      assertThat(records).extracting(ConsumerRecord::value).containsExactlyInAnyOrder("a", "b");
      assertThat(records)
          .allSatisfy(
              record -> {
                assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
                assertThat(record.timestamp()).isGreaterThanOrEqualTo(before);
              });
      assertThat(BrokerProbe.check(broker.clientProperties(), "weather")).isEqualTo(3);
    }
  }

  @Test
  void refusesAWrongKeyAtOnceAndNamesNoSecret() {
    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 1);
      Map<String, String> wrong =
          EventHubsConnection.parse(CONNECTION_STRING.replace(KEY, "wrongKey"))
              .clientProperties(broker.bootstrapServers(), false);

      assertThatThrownBy(() -> BrokerProbe.check(wrong, "weather", Duration.ofSeconds(10)))
          .isInstanceOf(BrokerUnavailableException.class)
          .hasMessageContaining("refused the sign-in")
          .hasMessageContaining(broker.bootstrapServers())
          .hasMessageNotContaining("wrongKey")
          .hasMessageNotContaining("\n")
          .hasNoCause();
    }
  }

  @Test
  void aNewTopicTakesRecordsAtOnce() {
    try (EmbeddedBroker broker = start()) {
      Map<String, String> client = new HashMap<>(broker.clientProperties());
      client.put("retries", "0");
      client.put("enable.idempotence", "false");

      for (int topic = 0; topic < 10; topic++) {
        String name = "topic-" + topic;
        broker.createTopic(name, 4);
        assertThatCode(() -> Records.produce(client, name, "a", "b", "c", "d"))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aMissingTopicIsNotCreatedButReported() {
    try (EmbeddedBroker broker = start()) {
      assertThatThrownBy(
              () -> BrokerProbe.check(broker.clientProperties(), "absent", Duration.ofSeconds(10)))
          .isInstanceOf(BrokerUnavailableException.class)
          .hasMessageContaining("There is no topic (Event Hub) 'absent'")
          .hasMessageNotContaining(KEY)
          .hasNoCause();
    }
  }

  @Test
  void aClientThatDoesNotSignInIsNotServed() {
    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 1);
      Map<String, String> plain =
          Map.of("bootstrap.servers", broker.bootstrapServers(), "security.protocol", "PLAINTEXT");

      assertThatThrownBy(() -> BrokerProbe.check(plain, "weather", Duration.ofSeconds(3)))
          .isInstanceOf(BrokerUnavailableException.class)
          .hasMessageContaining("security protocol PLAINTEXT");
    }
  }

  @Test
  void aMessageOverTheEventHubsLimitIsRefused() {
    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 1);
      Map<String, String> client = new HashMap<>(broker.clientProperties());
      client.put("max.request.size", "4000000");

      assertThatThrownBy(() -> Records.produce(client, "weather", "x".repeat(1_100_000)))
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @Test
  void reopensItsFolderWithAllRecordsAndTopics() throws Exception {
    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 2);
      Records.produce(broker.clientProperties(), "weather", "a");
    }

    try (EmbeddedBroker broker = start()) {
      broker.createTopic("weather", 5);
      Records.produce(broker.clientProperties(), "weather", "b");

      assertThat(Records.consume(broker.clientProperties(), "weather"))
          .extracting(ConsumerRecord::value)
          .containsExactlyInAnyOrder("a", "b");
      assertThat(BrokerProbe.check(broker.clientProperties(), "weather")).isEqualTo(2);
    }
  }

  @Test
  void reopensItsFolderAfterItsProcessWasKilled() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                folder.toString(),
                "0",
                "weather",
                "2")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    command.environment().put(EventHubsConnection.ENVIRONMENT_VARIABLE, CONNECTION_STRING);
    Process process = command.start();
    try (BufferedReader output = process.inputReader()) {
      String bootstrap = output.readLine().replace("listening on ", "");
      Records.produce(
          EventHubsConnection.parse(CONNECTION_STRING).clientProperties(bootstrap, false),
          "weather",
          "a",
          "b");
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (EmbeddedBroker broker = start()) {
      assertThat(Records.consume(broker.clientProperties(), "weather"))
          .extracting(ConsumerRecord::value)
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void aBusyPortIsOneClearError() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> builder().port(busy.getLocalPort()).start())
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("Port " + busy.getLocalPort() + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void aFolderThatAnotherBrokerUsesIsOneClearError() {
    try (EmbeddedBroker broker = start()) {
      assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");

      assertThatThrownBy(this::start)
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("is in use by another broker");
    }
  }

  @Test
  void aFolderThatIsAFileIsOneClearError() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> builder().dataDir(file).start())
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining("Cannot write to the broker's folder " + file);
  }

  @Test
  void aFolderWithForeignFilesIsLeftAlone() throws Exception {
    Files.createDirectory(folder.resolve("photos"));

    assertThatThrownBy(this::start)
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining(folder + " holds files that are not a broker's");
    assertThat(folder).isDirectoryNotContaining("glob:**meta.properties");
  }

  private EmbeddedBroker start() {
    return builder().start();
  }

  private EmbeddedBroker.Builder builder() {
    return EmbeddedBroker.builder().dataDir(folder).connectionString(CONNECTION_STRING);
  }
}
