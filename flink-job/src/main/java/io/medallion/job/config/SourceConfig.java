package io.medallion.job.config;

import io.medallion.eventhubs.EntraLogin;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubsConnection;
import io.medallion.job.hub.HubName;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to read, how to sign in, where to start.
 *
 * @param clientProperties of any Kafka client: servers, security; may hold secrets
 * @param consumerProperties of the consumer alone
 * @param bounded whether to end at the records that are there at the start
 * @param generation which of the Event Hubs it is that the lake was read from, 1 for the first
 */
public record SourceConfig(
    String topic,
    Map<String, String> clientProperties,
    Map<String, String> consumerProperties,
    String groupId,
    StartingOffsets startingOffsets,
    ExpiredOffsets expiredOffsets,
    boolean bounded,
    int generation)
    implements Serializable {

  /** How long the broker may take to answer a question about the topic. */
  private static final Duration LOOKUP_DEADLINE = Duration.ofSeconds(10);

  public SourceConfig {
    clientProperties = Map.copyOf(clientProperties);
    consumerProperties = Map.copyOf(consumerProperties);
  }

  static SourceConfig of(Settings settings) {
    Optional<EventHubsConnection> connection = connection(settings);
    return new SourceConfig(
        settings
            .text(ConfigKey.TOPIC)
            .or(() -> connection.flatMap(EventHubsConnection::eventHub))
            .orElseGet(() -> settings.required(ConfigKey.TOPIC)),
        clientProperties(settings, connection),
        settings.under(ConfigKey.KAFKA_PREFIX),
        settings.required(ConfigKey.GROUP_ID),
        settings.choice(ConfigKey.STARTING_OFFSETS, StartingOffsets.class),
        settings.choice(ConfigKey.EXPIRED_OFFSETS, ExpiredOffsets.class),
        settings.flag(ConfigKey.BOUNDED),
        settings.positive(ConfigKey.GENERATION));
  }

  private static Optional<EventHubsConnection> connection(Settings settings) {
    if (settings.text(ConfigKey.ENTRA_CREDENTIAL).isPresent()) {
      return Optional.empty();
    }
    Optional<String> variable = settings.text(ConfigKey.CONNECTION_STRING_ENV);
    Optional<String> file = settings.text(ConfigKey.CONNECTION_STRING_FILE);
    if (variable.isPresent() && file.isPresent()) {
      throw new ConfigException(
          "Both '%s' and '%s' are given: choose one; an empty value takes a setting back"
              .formatted(
                  ConfigKey.CONNECTION_STRING_ENV.key(), ConfigKey.CONNECTION_STRING_FILE.key()));
    }
    try {
      return variable
          .map(EventHubsConnection::fromEnvironment)
          .or(() -> file.map(path -> EventHubsConnection.fromFile(Path.of(path))));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private static Map<String, String> clientProperties(
      Settings settings, Optional<EventHubsConnection> connection) {
    Optional<EntraLogin> entra = EntraSettings.login(settings);
    if (entra.isPresent()) {
      return entra.get().clientProperties(settings.required(ConfigKey.BOOTSTRAP_SERVERS));
    }
    SecurityProtocol protocol =
        settings.text(ConfigKey.SECURITY_PROTOCOL).isPresent()
            ? settings.choice(ConfigKey.SECURITY_PROTOCOL, SecurityProtocol.class)
            : connection.isPresent() ? SecurityProtocol.SASL_SSL : SecurityProtocol.PLAINTEXT;
    if (connection.isPresent()) {
      if (!protocol.signsIn()) {
        throw settings.malformed(
            ConfigKey.SECURITY_PROTOCOL,
            "sasl_ssl or sasl_plaintext, as a connection string needs");
      }
      String servers =
          settings
              .text(ConfigKey.BOOTSTRAP_SERVERS)
              .orElseGet(() -> connection.get().bootstrapServers());
      return connection.get().clientProperties(servers, protocol == SecurityProtocol.SASL_SSL);
    }
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", settings.required(ConfigKey.BOOTSTRAP_SERVERS));
    properties.put("security.protocol", protocol.name());
    return properties;
  }

  /** The name that the lake has for this Event Hub. */
  public HubName name() {
    return new HubName(topic, generation);
  }

  /** Looks up what the broker tells of the topic. */
  public EventHubLookup lookup() {
    return EventHubLookup.of(probeProperties(), topic, LOOKUP_DEADLINE);
  }

  /** What a client needs to look at the topic before the job starts. */
  public Map<String, String> probeProperties() {
    Map<String, String> properties = new LinkedHashMap<>(clientProperties);
    properties.putAll(consumerProperties);
    return properties;
  }

  /** Names the settings that may hold secrets, not their values. */
  @Override
  public String toString() {
    return "SourceConfig[topic=%s, servers=%s, client=%s, consumer=%s, groupId=%s, startingOffsets=%s, expiredOffsets=%s, bounded=%s, generation=%d]"
        .formatted(
            topic,
            clientProperties.get("bootstrap.servers"),
            new TreeMap<>(clientProperties).keySet(),
            new TreeMap<>(consumerProperties).keySet(),
            groupId,
            startingOffsets,
            expiredOffsets,
            bounded,
            generation);
  }

  /** Kafka's names. */
  private enum SecurityProtocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    boolean signsIn() {
      return this == SASL_PLAINTEXT || this == SASL_SSL;
    }
  }
}
