package io.medallion.eventhubs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHubsConnectionTest {

  private static final String SECRET = "S3cr3tKey+/==";
  private static final String VALID =
      "Endpoint=sb://weather.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey="
          + SECRET;

  @Test
  void anIotHubsStringIsSentToTheEndpointThatSpeaksKafka() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EventHubsConnection.parse(
                    "HostName=hub.azure-devices.net;SharedAccessKeyName=service;SharedAccessKey=c2VjcmV0"))
        .withMessageContainingAll("IoT Hub", "Built-in endpoints", "Event Hub-compatible endpoint")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2VjcmV0", "azure-devices"));
  }

  @Test
  void derivesTheKafkaEndpointFromTheNamespace() {
    EventHubsConnection connection = EventHubsConnection.parse(VALID);

    assertThat(connection.bootstrapServers()).isEqualTo("weather.servicebus.windows.net:9093");
    assertThat(connection.eventHub()).isEmpty();
    assertThat(connection.clientProperties())
        .containsEntry("bootstrap.servers", "weather.servicebus.windows.net:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN");
  }

  @Test
  void signsInToALocalStandInWithoutTls() {
    assertThat(EventHubsConnection.parse(VALID).clientProperties("127.0.0.1:9092", false))
        .containsEntry("bootstrap.servers", "127.0.0.1:9092")
        .containsEntry("security.protocol", "SASL_PLAINTEXT");
  }

  @Test
  void namesTheEventHubOfAnEntityPath() {
    assertThat(EventHubsConnection.parse(VALID + ";EntityPath=weather").eventHub())
        .contains("weather");
  }

  @Test
  void kafkaReadsUserAndConnectionStringBackFromTheJaasLine() {
    String awkward = VALID.replace(SECRET, "a\"b\\c'd $x");

    Map<String, String> properties = EventHubsConnection.parse(awkward).clientProperties();

    Map<String, ?> options =
        JaasContext.loadClientContext(
                Map.of("sasl.jaas.config", new Password(properties.get("sasl.jaas.config"))))
            .configurationEntries()
            .get(0)
            .getOptions();
    assertThat(options.get("username")).isEqualTo("$ConnectionString");
    assertThat(options.get("password")).isEqualTo(awkward);
  }

  @Test
  void readsAMountedSecretWithItsLastLineEnd(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("connection"), VALID + "\n");

    assertThat(EventHubsConnection.fromFile(file).bootstrapServers())
        .isEqualTo("weather.servicebus.windows.net:9093");
  }

  @Test
  void theSettingsOfAClientNameAFileAndHoldNoSecret(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("connection"), VALID);

    assertThat(EventHubsConnection.fromFile(file).clientProperties().values())
        .anyMatch(value -> value.contains(file.toString()))
        .noneMatch(value -> value.contains(SECRET));
  }

  @Test
  void aClientWithoutTheFileOrWithARuinedOneIsToldWhichAndNotWhatIsInIt(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("connection"), VALID);
    Map<String, Object> client =
        new HashMap<>(EventHubsConnection.fromFile(file).clientProperties("127.0.0.1:9093", true));

    Files.writeString(file, VALID.replace("SharedAccessKeyName", "Name"));
    assertThatThrownBy(() -> Admin.create(client).close())
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasStackTraceContaining("SharedAccessKeyName is missing")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain(SECRET));
    Files.delete(file);
    assertThatThrownBy(() -> Admin.create(client).close())
        .hasStackTraceContaining("Cannot read the connection string file " + file);
  }

  @Test
  void aMissingFileOrVariableIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("absent");

    assertThatThrownBy(() -> EventHubsConnection.fromFile(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> EventHubsConnection.fromEnvironment("NO_SUCH_VARIABLE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NO_SUCH_VARIABLE");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "` `|it is empty",
        "`\"Endpoint=sb://h/\"`|wrapped in quotes",
        "S3cr3tKey+/|part 1 is not of the form",
        "SharedAccessKeyName=send;SharedAccessKey=S3cr3tKey+/==|Endpoint is missing",
        "Endpoint=sb://h/;SharedAccessKey=S3cr3tKey+/==|SharedAccessKeyName is missing",
        "Endpoint=sb://h/;SharedAccessKeyName=send|SharedAccessKey is missing",
        "Endpoint=sb://h/;SharedAccessKeyName=send;SharedAccessKey=|SharedAccessKey is missing",
        "Endpoint=S3cr3tKey+/==;SharedAccessKeyName=n;SharedAccessKey=k|Endpoint is not an address",
        "Endpoint=sb://S3cr3tKey+/==^;SharedAccessKeyName=n;SharedAccessKey=k|Endpoint is not",
        "Endpoint=https://h/;SharedAccessKeyName=n;SharedAccessKey=S3cr3tKey|Endpoint is not",
        "Endpoint=sb://h/;Endpoint=sb://S3cr3tKey/;SharedAccessKeyName=n|part 2 repeats",
      })
  void anInvalidStringIsAnErrorThatNamesThePartAndNotItsValue(String invalid, String problem) {
    assertThatThrownBy(() -> EventHubsConnection.parse(invalid))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("S3cr3tKey")
        .hasNoCause();
  }

  @Test
  void neverPrintsItsKey() {
    assertThat(EventHubsConnection.parse(VALID + ";EntityPath=hub").toString())
        .isEqualTo("EventHubsConnection[weather.servicebus.windows.net/hub]");
  }
}
