package io.medallion.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medallion.broker.EmbeddedBroker;
import io.medallion.cli.CommandRun;
import io.medallion.cli.MedallionMain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class GenerateCommandTest {

  private static final String KEY = "abc+/def==";
  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=local;SharedAccessKey=" + KEY;

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;
  private static Path connectionFile;

  private CommandRun run;

  @BeforeAll
  static void startBroker() throws Exception {
    connectionFile = Files.writeString(folder.resolve("connection"), CONNECTION_STRING + "\n");
    broker =
        EmbeddedBroker.builder()
            .dataDir(folder.resolve("broker"))
            .connectionString(CONNECTION_STRING)
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aRunThatSentEverythingExits0WithTheSummaryAsJson() throws Exception {
    broker.createTopic("json", 2);

    int exit =
        generate("json", "--rate", "max", "--events", "1000", "--invalid-ratio=0.1", "--json");

    JsonNode summary = new ObjectMapper().readTree(run.out());
    assertThat(exit).isZero();
    assertThat(summary.get("sent").longValue()).isEqualTo(1000);
    assertThat(summary.get("acknowledged").longValue()).isEqualTo(1000);
    assertThat(summary.get("onTime").longValue() + summary.get("invalid").longValue())
        .isEqualTo(1000);
    assertThat(summary.get("invalidByKind").get("TRAILING_DATA").longValue()).isPositive();
    assertThat(summary.get("startTime").textValue()).endsWith("Z");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theSummaryForPeopleSaysHowToRepeatTheRun() {
    broker.createTopic("text", 2);

    int exit = generate("text", "--rate=1000", "--duration=1500ms", "--seed=7", "--progress");

    assertThat(exit).isZero();
    assertThat(run.out())
        .contains("Sent 1,500 events, 1,500 acknowledged, 0 failed")
        .containsPattern("--seed 7 --start-time [0-9T:.-]+Z");
    assertThat(run.err()).contains("acknowledged");
  }

  @Test
  void eventsOfAContractAreSentWithTheirHeadersAndInTheOrderOfTheirSender() throws Exception {
    broker.createTopic("contract", 3);
    Path contract =
        Files.writeString(
            folder.resolve("devices.yaml"),
            """
            contract: devices
            version: 1
            event:
              key: {column: deviceId, from: [header iothub-connection-device-id]}
              time: {from: [field ts], format: iso}
              id: {from: [record key]}
            fields: {value: {type: double, required: true}}
            gold: {all: {columns: {count: count()}}}
            """);

    int exit =
        generate(
            "contract", "--contract=" + contract, "--senders=7", "--rate=max", "--events=2000");

    assertThat(exit).isZero();
    Map<String, Integer> partitions = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : Topics.read(broker, "contract")) {
      String device =
          new String(
              record.headers().lastHeader("iothub-connection-device-id").value(),
              StandardCharsets.US_ASCII);
      assertThat(partitions.merge(device, record.partition(), (before, now) -> before))
          .isEqualTo(record.partition());
    }
    assertThat(partitions).hasSize(7);
    assertThat(Set.copyOf(partitions.values())).hasSizeGreaterThan(1);
  }

  @Test
  void aMissingTopicIsOneLineAndExit2() {
    assertThat(generate("absent", "--events", "1")).isEqualTo(2);

    assertOneLine(
        "medallion generate: There is no topic (Event Hub) 'absent' on "
            + broker.bootstrapServers());
  }

  @Test
  void aWrongConnectionStringIsOneLineAndExit2() throws Exception {
    Path wrong =
        Files.writeString(folder.resolve("wrong"), CONNECTION_STRING.replace(KEY, "wrongKey"));

    assertThat(
            execute(
                "--bootstrap=" + broker.bootstrapServers(),
                "--security-protocol=SASL_PLAINTEXT",
                "--topic=weather",
                "--connection-string-file=" + wrong))
        .isEqualTo(2);

    assertOneLine("refused the sign-in");
    assertThat(run.err()).doesNotContain("wrongKey");
  }

  @Test
  void anUnreachableBrokerIsOneLineAndExit2WithinTheTimeout() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(
            execute(
                "--bootstrap=127.0.0.1:" + free,
                "--security-protocol=PLAINTEXT",
                "--connect-timeout=2s",
                "--topic=weather"))
        .isEqualTo(2);

    assertOneLine("No answer from 127.0.0.1:" + free + " within 2 s: nothing listens there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--rate=fast|rate must be events per second or 'max'",
        "--rate=max|rate max needs an end",
        "--duration=10|'10' is not a length of time such as",
        "--invalid-ratio=2|invalid-ratio must be 0 to 1, but is 2.0",
        "--invalid-kinds=EMPTY_BODY,NONSENSE|NONSENSE",
        "--format=seed --late-ratio=0.1|format seed has no time",
        "--start-time=2999-01-01T00:00:00Z|lies in the future",
        "--contract=nowhere.yaml|There is no file 'nowhere.yaml', and no contract of that name ships",
        "--contract=telemetry --format=seed|format seed is that of the weather",
        "--nonsense|Unknown option: '--nonsense'",
      })
  void aWrongOptionIsOneLineAndExit2(String arguments, String problem) {
    broker.createTopic("usage", 1);

    assertThat(generate("usage", arguments.split(" ", -1))).isEqualTo(2);

    assertOneLine(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--topic=weather|no connection string: set the environment variable",
        "--topic=weather --security-protocol=PLAINTEXT|needs --bootstrap HOST:PORT",
        "--bootstrap=h:1 --security-protocol=PLAINTEXT|no topic: give --topic",
        "--topic=weather --connection-string-file=/absent|Cannot read the connection string file",
      })
  void aMissingConnectionIsOneLineAndExit2(String arguments, String problem) {
    assertThat(execute(arguments.split(" ", -1))).isEqualTo(2);

    assertOneLine(problem);
  }

  @Test
  void theTopicComesFromTheEntityPathAndMustNotContradictIt() throws Exception {
    broker.createTopic("entity", 1);
    Path file =
        Files.writeString(folder.resolve("entity"), CONNECTION_STRING + ";EntityPath=entity");
    List<String> arguments =
        List.of(
            "--bootstrap=" + broker.bootstrapServers(),
            "--security-protocol=SASL_PLAINTEXT",
            "--connection-string-file=" + file);

    assertThat(execute(with(arguments, "--topic=other"))).isEqualTo(2);

    assertOneLine("--topic other is not the EntityPath of the connection string, entity");
  }

  @Test
  void ctrlCEndsTheRunWithItsSummaryAndExit130() throws Exception {
    broker.createTopic("interrupted", 2);
    // A shell may have started the tests with SIGINT ignored, which processes inherit.
    ProcessBuilder command =
        new ProcessBuilder(
            "env",
            "--default-signal=INT",
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            MedallionMain.class.getName(),
            "generate",
            "--bootstrap=" + broker.bootstrapServers(),
            "--security-protocol=SASL_PLAINTEXT",
            "--topic=interrupted",
            "--json",
            "--progress");
    command.environment().put("EVENTHUBS_CONNECTION_STRING", CONNECTION_STRING);
    Process process = command.start();
    try {
      assertThat(process.errorReader().lines().anyMatch(line -> line.contains("acknowledged")))
          .as("it sends")
          .isTrue();

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      JsonNode summary = new ObjectMapper().readTree(process.inputReader().readLine());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(summary.get("failed").longValue()).isZero();
      assertThat(summary.get("acknowledged").longValue())
          .isPositive()
          .isEqualTo(Topics.count(broker, "interrupted"));
    } finally {
      process.destroyForcibly();
    }
  }

  private int generate(String topic, String... arguments) {
    return execute(
        with(
            List.of(
                "--bootstrap=" + broker.bootstrapServers(),
                "--security-protocol=SASL_PLAINTEXT",
                "--connection-string-file=" + connectionFile,
                "--topic=" + topic),
            arguments));
  }

  private int execute(String... arguments) {
    run = CommandRun.of(new GenerateCommand(), arguments);
    return run.exitCode();
  }

  private static String[] with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void assertOneLine(String expected) {
    assertThat(run.err()).startsWith("medallion generate: ").contains(expected).hasLineCount(1);
    assertThat(run.err()).doesNotContain(KEY);
    assertThat(run.out()).isEmpty();
  }
}
