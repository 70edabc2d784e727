package io.medallion.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.eventhubs.BrokerProbe;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EntraCredential;
import io.medallion.eventhubs.EntraLogin;
import io.medallion.eventhubs.EventHubsConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both ways into Event Hubs, over TLS: a connection string (PLAIN), and a token of Entra ID
 * (OAUTHBEARER) that azure-identity fetches from an endpoint and the broker validates.
 */
@Timeout(120)
class EventHubsSignInTest {

  private static final String KEY = "canaryKey+/abc==";
  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=local;SharedAccessKey=" + KEY;
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
  private static final Duration LIFETIME = Duration.ofSeconds(8);

  @TempDir static Path folder;

  private static Certificate certificate;
  private static TokenEndpoint entra;
  private static EmbeddedBroker broker;
  private static SSLContext defaultContext;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.create(folder);
    entra = TokenEndpoint.start(certificate, LIFETIME);
    String keys = entra.writeKeys(folder.resolve("jwks.json"));
    System.setProperty(ALLOWED_URLS, keys);
    defaultContext = SSLContext.getDefault();
    SSLContext.setDefault(certificate.context());
    broker =
        EmbeddedBroker.builder()
            .dataDir(folder.resolve("broker"))
            .connectionString(CONNECTION_STRING)
            .tls(certificate.keyStore(), Certificate.PASSWORD)
            .tokens(keys, TokenEndpoint.ISSUER, "https://127.0.0.1")
            .start();
    broker.createTopic("weather", 2);
  }

  @AfterAll
  static void stop() {
    broker.close();
    entra.close();
    SSLContext.setDefault(defaultContext);
    System.clearProperty(ALLOWED_URLS);
  }

  @Test
  void aConnectionStringSignsInOverTls() throws Exception {
    assertThat(broker.clientProperties()).containsEntry("security.protocol", "SASL_SSL");

    broker.createTopic("plain", 1);
    Records.produce(broker.clientProperties(), "plain", "a", "b");

    assertThat(Records.consume(broker.clientProperties(), "plain"))
        .extracting(ConsumerRecord::value)
        .containsExactly("a", "b");
  }

  @Test
  void aConnectionStringInAFileIsReadAtEveryConnection() throws Exception {
    Path file = Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING + "\n");
    Map<String, String> client =
        trusting(
            EventHubsConnection.fromFile(file).clientProperties(broker.bootstrapServers(), true));

    try (Admin first = Admin.create(Map.copyOf(client))) {
      assertThat(first.describeCluster().clusterId().get()).isNotBlank();

      Files.writeString(file, CONNECTION_STRING.replace(KEY, "wrongKey"));
      assertRefused(client, "refused the sign-in");
      Files.writeString(file, CONNECTION_STRING);
      assertThat(BrokerProbe.check(client, "weather")).isEqualTo(2);
    }
  }

  @Test
  void anUntrustedCertificateIsToldFromAWrongKey() {
    Map<String, String> untrusting =
        EventHubsConnection.parse(CONNECTION_STRING)
            .clientProperties(broker.bootstrapServers(), true);
    Map<String, String> trusting = new HashMap<>(broker.clientProperties());
    trusting.putAll(
        Map.of(
            "sasl.jaas.config",
            EventHubsConnection.parse(CONNECTION_STRING.replace(KEY, "wrongKey"))
                .clientProperties()
                .get("sasl.jaas.config")));

    assertRefused(untrusting, "No TLS connection to " + broker.bootstrapServers());
    assertRefused(trusting, "refused the sign-in");
  }

  @Test
  void aTokenOfEntraIdSignsIn() throws Exception {
    Map<String, String> client = entraClient(TokenEndpoint.SECRET);

    assertThat(BrokerProbe.check(client, "weather")).isEqualTo(2);

    assertThat(entra.requests())
        .last()
        .satisfies(
            form ->
                assertThat(form)
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("client_id", TokenEndpoint.CLIENT)
                    .hasEntrySatisfying(
                        "scope",
                        scope -> assertThat(scope).contains("https://127.0.0.1/.default")));
  }

  /** Each Flink job has classes of its own, of Kafka too, in a JVM that it shares with others. */
  @Test
  void aTokenSignsInFromEachOfSeveralJobsInAProcess() throws Exception {
    Map<String, String> client = entraClient(TokenEndpoint.SECRET);

    assertThat(BrokerProbe.check(client, "weather")).isEqualTo(2);
    for (int job = 0; job < 2; job++) {
      assertThat(checkWithOwnClasses(client)).isEqualTo(2);
    }
    assertThat(BrokerProbe.check(client, "weather")).isEqualTo(2);
    assertThat(Security.getProviders())
        .extracting(Provider::getName)
        .noneMatch(name -> name.startsWith("Medallion"));
  }

  private static Object checkWithOwnClasses(Map<String, String> client) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (JobClasses classes = new JobClasses()) {
      Thread.currentThread().setContextClassLoader(classes);
      return classes
          .loadClass(BrokerProbe.class.getName())
          .getMethod("check", Map.class, String.class)
          .invoke(null, client, "weather");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void aConsumerOutlivesItsTokenWithANewOne() throws Exception {
    broker.createTopic("long", 1);
    Map<String, Object> client = new HashMap<>(entraClient(TokenEndpoint.SECRET));
    client.put("sasl.login.refresh.min.period.seconds", "0");
    client.put("sasl.login.refresh.buffer.seconds", "0");
    int before = entra.requests().size();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("long", 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);

      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (entra.requests().size() < before + 2 && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200));
      }

      assertThat(entra.requests().size()).isGreaterThanOrEqualTo(before + 2);
      Records.produce(broker.clientProperties(), "long", "late");
      String read = null;
      while (read == null && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          read = record.value();
        }
      }
      assertThat(read).isEqualTo("late");
    }
  }

  @Test
  void aWrongClientSecretIsOneClearErrorWithoutIt() throws Exception {
    Map<String, String> client = entraClient("wrong~canary.secret");

    assertThatThrownBy(() -> BrokerProbe.check(client, "weather", Duration.ofSeconds(20)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("AADSTS7000215")
        .hasMessageContaining("check tenant and client id, and that the secret is")
        .hasMessageNotContaining("wrong~canary.secret")
        .hasMessageNotContaining("\n")
        .hasNoCause();
  }

  @Test
  void aTokenForAnotherNamespaceIsRefusedByTheBroker() throws Exception {
    Map<String, String> client = new HashMap<>(entraClient(TokenEndpoint.SECRET));
    client.put(
        "bootstrap.servers", client.get("bootstrap.servers").replace("127.0.0.1", "localhost"));
    client.put("ssl.endpoint.identification.algorithm", "");

    assertRefused(client, "Azure Event Hubs Data Receiver");
  }

  @Test
  void noSecretIsInTheClientsSettings() throws Exception {
    assertThat(entraClient(TokenEndpoint.SECRET).values())
        .noneMatch(value -> value.contains(TokenEndpoint.SECRET));
  }

  private static void assertRefused(Map<String, String> client, String message) {
    assertThatThrownBy(() -> BrokerProbe.check(client, "weather", Duration.ofSeconds(20)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("wrongKey")
        .hasMessageNotContaining(KEY)
        .hasNoCause();
  }

  private static Map<String, String> entraClient(String secret) throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "secret", ""), secret + "\n");
    return trusting(
        new EntraLogin(
                EntraCredential.CLIENT_SECRET,
                Optional.of(TokenEndpoint.TENANT),
                Optional.of(TokenEndpoint.CLIENT),
                Optional.of(file.toString()),
                Optional.of(entra.authorityHost()))
            .clientProperties(broker.bootstrapServers()));
  }

  /** With the broker's certificate. */
  private static Map<String, String> trusting(Map<String, String> properties) {
    Map<String, String> client = new HashMap<>(properties);
    broker
        .clientProperties()
        .forEach(
            (key, value) -> {
              if (key.startsWith("ssl.")) {
                client.put(key, value);
              }
            });
    return client;
  }
}
