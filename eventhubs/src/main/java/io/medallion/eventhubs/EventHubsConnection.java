package io.medallion.eventhubs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * A validated Event Hubs connection string, and what a Kafka client needs to sign in with it.
 *
 * <p>The string has the form that the Azure portal shows: {@code
 * Endpoint=sb://NAMESPACE.servicebus.windows.net/;SharedAccessKeyName=NAME;SharedAccessKey=KEY},
 * optionally followed by {@code ;EntityPath=EVENT_HUB}. To Kafka it is the password of the user
 * {@code $ConnectionString} (Microsoft: "Event Hubs for Apache Kafka", security and
 * authentication).
 *
 * <p>It is a secret: neither {@link #toString} nor an error from here shows any of its values.
 */
public final class EventHubsConnection {

  /** The environment variable that our programs read the connection string from. */
  public static final String ENVIRONMENT_VARIABLE = "EVENTHUBS_CONNECTION_STRING";

  /** The user name that tells Event Hubs that the password is a connection string. */
  public static final String USER = "$ConnectionString";

  /** Azure drops connections after 240 s of silence; Microsoft's "Kafka client configurations". */
  static final Map<String, String> IDLE_SETTINGS =
      Map.of("connections.max.idle.ms", "180000", "metadata.max.age.ms", "180000");

  private static final int KAFKA_PORT = 9093;

  private final String connectionString;
  private final String host;
  private final Optional<String> eventHub;

  /** Where clients read the connection string at each connection. */
  private final Optional<Path> file;

  private EventHubsConnection(
      String connectionString, String host, Optional<String> eventHub, Optional<Path> file) {
    this.connectionString = connectionString;
    this.host = host;
    this.eventHub = eventHub;
    this.file = file;
  }

  /**
   * Parses a connection string; blanks around it, as a file's last line end, are dropped.
   *
   * @throws IllegalArgumentException names the part that is missing or malformed, not its value
   */
  public static EventHubsConnection parse(String connectionString) {
    String trimmed = connectionString.strip();
    if (trimmed.isEmpty()) {
      throw invalid("it is empty");
    }
    if (trimmed.startsWith("\"") || trimmed.startsWith("'")) {
      throw invalid("it is wrapped in quotes: remove them");
    }
    if (trimmed.chars().anyMatch(Character::isISOControl)) {
      throw invalid("it contains a line break or control character");
    }
    Map<String, String> parts = parts(trimmed);
    if (parts.containsKey("hostname") && !parts.containsKey("endpoint")) {
      throw new IllegalArgumentException(
          "Invalid Event Hubs connection string: HostName=... is the connection string of an IoT Hub, which speaks no Kafka. Its events are read from the Event Hub behind it: copy the 'Event Hub-compatible endpoint' from the IoT Hub's page 'Built-in endpoints', which begins with Endpoint=sb:// and names its Event Hub as EntityPath");
    }
    String host = host(require(parts, "Endpoint"));
    require(parts, "SharedAccessKeyName");
    require(parts, "SharedAccessKey");
    return new EventHubsConnection(
        trimmed, host, Optional.ofNullable(parts.get("entitypath")), Optional.empty());
  }

  /** Reads the connection string from an environment variable. */
  public static EventHubsConnection fromEnvironment(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "The environment variable %s is not set: it must hold the Event Hubs connection string"
              .formatted(variable));
    }
    return parse(value);
  }

  /**
   * Reads the connection string from a file that holds nothing else, as a mounted secret does.
   *
   * <p>{@link #clientProperties} then name the file: they hold no secret, and a client with them,
   * in whatever process, reads the file at every connection. What can be read only once, such as a
   * pipe, is no such file.
   */
  public static EventHubsConnection fromFile(Path file) {
    String content;
    try {
      content = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the connection string file %s (%s)"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    EventHubsConnection read = parse(content);
    return Files.isRegularFile(file)
        ? new EventHubsConnection(
            read.connectionString, read.host, read.eventHub, Optional.of(file.toAbsolutePath()))
        : read;
  }

  /** What Kafka calls the password. */
  String password() {
    return connectionString;
  }

  /** The Kafka endpoint of the namespace, {@code HOST:9093}. */
  public String bootstrapServers() {
    return host + ":" + KAFKA_PORT;
  }

  /** The Event Hub (Kafka topic) that the string is limited to, if it names one. */
  public Optional<String> eventHub() {
    return eventHub;
  }

  /** Client settings for the namespace's own endpoint, over TLS. */
  public Map<String, String> clientProperties() {
    return clientProperties(bootstrapServers(), true);
  }

  /**
   * Settings with which any Kafka client (producer, consumer, admin) signs in.
   *
   * @param bootstrapServers {@code HOST:PORT}, for a broker other than the namespace's own endpoint
   * @param tls false only for a local stand-in: the connection string then travels unencrypted
   */
  public Map<String, String> clientProperties(String bootstrapServers, boolean tls) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("security.protocol", tls ? "SASL_SSL" : "SASL_PLAINTEXT");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put("sasl.jaas.config", jaasConfig());
    file.ifPresent(
        any ->
            properties.put(
                "sasl.client.callback.handler.class",
                ConnectionStringFileCallbackHandler.class.getName()));
    properties.putAll(IDLE_SETTINGS);
    return properties;
  }

  private String jaasConfig() {
    String options =
        file.map(
                path ->
                    ConnectionStringFileCallbackHandler.FILE + "=" + Jaas.quoted(path.toString()))
            .orElseGet(
                () ->
                    "username=" + Jaas.quoted(USER) + " password=" + Jaas.quoted(connectionString));
    return PlainLoginModule.class.getName() + " required " + options + ";";
  }

  private static Map<String, String> parts(String connectionString) {
    Map<String, String> parts = new LinkedHashMap<>();
    int position = 0;
    for (String part : connectionString.split(";", -1)) {
      position++;
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw invalid("part " + position + " is not of the form Name=value");
      }
      String name = part.substring(0, equals).strip();
      String value = part.substring(equals + 1).strip();
      if (parts.put(name.toLowerCase(Locale.ROOT), value) != null) {
        throw invalid("part " + position + " repeats an earlier one");
      }
    }
    return parts;
  }

  private static String require(Map<String, String> parts, String name) {
    String value = parts.get(name.toLowerCase(Locale.ROOT));
    if (value == null || value.isEmpty()) {
      throw invalid(name + " is missing");
    }
    return value;
  }

  private static String host(String endpoint) {
    URI uri;
    try {
      uri = URI.create(endpoint);
    } catch (IllegalArgumentException e) {
      // The cause would quote the endpoint: it may hold whatever was pasted there.
      throw invalid("Endpoint is not an address such as sb://NAMESPACE.servicebus.windows.net/");
    }
    if (!"sb".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw invalid("Endpoint is not an address such as sb://NAMESPACE.servicebus.windows.net/");
    }
    return uri.getHost();
  }

  private static IllegalArgumentException invalid(String problem) {
    return new IllegalArgumentException(
        "Invalid Event Hubs connection string: %s. It must look like Endpoint=sb://NAMESPACE.servicebus.windows.net/;SharedAccessKeyName=...;SharedAccessKey=...[;EntityPath=...]; copy it from the Azure portal, Shared access policies"
            .formatted(problem));
  }

  /** Names the host, never a key. */
  @Override
  public String toString() {
    return "EventHubsConnection[" + host + eventHub.map(hub -> "/" + hub).orElse("") + "]";
  }
}
