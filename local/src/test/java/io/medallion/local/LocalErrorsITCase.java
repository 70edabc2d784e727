package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.generator.EventGenerator;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorTarget;
import io.medallion.generator.ProgressListener;
import io.medallion.generator.Rate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong at the start ends in one line on stderr and exit code 2. */
class LocalErrorsITCase {

  private static final String KEY = "c2VjcmV0LWtleQ==";
  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=test;SharedAccessKey=" + KEY;
  private static final String WRONG_KEY = "d3Jvbmcta2V5";

  @TempDir private static Path brokerFolder;
  private static EmbeddedBroker broker;

  @TempDir private Path temp;

  @BeforeAll
  static void startBroker() {
    broker =
        EmbeddedBroker.builder().dataDir(brokerFolder).connectionString(CONNECTION_STRING).start();
    broker.createTopic("weather", 2);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aFolderWithOtherFiles() throws Exception {
    Files.writeString(temp.resolve("photo.jpg"), "mine");

    assertWrongUse(Map.of(), "not a lake", "--lake", ".");
  }

  @Test
  void aPortThatIsInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertWrongUse(Map.of(), "Port " + port, "--broker-port", port);
    }
  }

  @Test
  void tooLittleHeap() throws Exception {
    assertWrongUse(Map.of("MEDALLION_HEAP", "300m"), "MEDALLION_HEAP=2g");
  }

  @Test
  void anUnknownOption() throws Exception {
    assertWrongUse(Map.of(), "--evnts", "--evnts", "5");
  }

  @Test
  void aValueThatIsNotAllowed() throws Exception {
    assertWrongUse(Map.of(), "--invalid-ratio must be 0 to 1", "--invalid-ratio", "7");
  }

  @Test
  void aLakeThatAnotherProcessWorksOn() throws Exception {
    try (LakeFolder lake = LakeFolder.open(temp.resolve("lake"))) {
      assertWrongUse(Map.of(), "in use by another", "--lake", lake.root().toString());
    }
  }

  @Test
  void aContractThatIsNowhereOrIsNone() throws Exception {
    Path contract = Files.writeString(temp.resolve("mine.yaml"), "contract: mine\nversio: 1\n");

    assertWrongUse(Map.of(), "no file 'nowhere.yaml'", "--contract", "nowhere.yaml");
    assertWrongUse(Map.of(), "mine.yaml:", "--contract", contract.toString());
  }

  @Test
  void aWrongConnectionString() throws Exception {
    assertWrongUse(
        Map.of("EVENTHUBS_CONNECTION_STRING", CONNECTION_STRING.replace(KEY, WRONG_KEY)),
        "refused the sign-in",
        "--topic",
        "weather",
        "--bootstrap",
        broker.bootstrapServers(),
        "--security-protocol",
        "SASL_PLAINTEXT");
  }

  @Test
  void aTopicThatDoesNotExist() throws Exception {
    assertWrongUse(
        Map.of("EVENTHUBS_CONNECTION_STRING", CONNECTION_STRING),
        "no topic (Event Hub) 'storms'",
        "--bootstrap",
        broker.bootstrapServers(),
        "--security-protocol",
        "SASL_PLAINTEXT",
        "--topic",
        "storms");
  }

  @Test
  void aBrokerThatIsNotThere() throws Exception {
    assertWrongUse(
        Map.of("EVENTHUBS_CONNECTION_STRING", CONNECTION_STRING),
        "nothing listens there",
        "--topic",
        "weather",
        "--bootstrap",
        "127.0.0.1:1",
        "--security-protocol",
        "SASL_PLAINTEXT");
  }

  @Test
  void anExistingBrokerIsReadWithoutSendingToIt() throws Exception {
    EventGenerator.run(
        GeneratorOptions.builder().rate(Rate.MAX).events(3_000).build(),
        new GeneratorTarget(broker.clientProperties(), "weather"),
        ProgressListener.NONE,
        () -> false);
    Path secret = Files.writeString(temp.resolve("connection-string"), CONNECTION_STRING + "\n");

    try (MedallionProcess process =
        MedallionProcess.start(
            temp,
            "--bootstrap",
            broker.bootstrapServers(),
            "--security-protocol",
            "SASL_PLAINTEXT",
            "--connection-string-file",
            secret.toString(),
            "--events",
            "3000",
            "--topic",
            "weather",
            "--json")) {
      assertThat(process.awaitExit()).as(process::err).isZero();
      assertThat(process.json().at("/tables/bronze/rows").longValue()).isEqualTo(3_000);
      assertThat(process.json().has("generator")).isFalse();
    }
  }

  private void assertWrongUse(Map<String, String> environment, String problem, String... options)
      throws IOException, InterruptedException {
    try (MedallionProcess process = MedallionProcess.start(temp, environment, options)) {
      assertThat(process.awaitExit()).as(process::err).isEqualTo(2);
      assertThat(process.err().lines().filter(line -> !line.startsWith("lake ")))
          .singleElement()
          .asString()
          .startsWith("medallion local: ")
          .contains(problem)
          .doesNotContain(KEY, WRONG_KEY, "Exception");
      assertThat(process.out()).isEmpty();
    }
  }
}
