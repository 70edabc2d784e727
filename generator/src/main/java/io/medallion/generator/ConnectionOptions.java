package io.medallion.generator;

import io.medallion.eventhubs.EntraCredential;
import io.medallion.eventhubs.EntraLogin;
import io.medallion.eventhubs.EventHubsConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import picocli.CommandLine.Option;

/** The command line's options about where to send. A secret is never an argument. */
final class ConnectionOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The broker (default: the namespace of the connection string, port 9093).")
  private String bootstrap;

  @Option(
      names = "--topic",
      paramLabel = "T",
      description = "The topic or Event Hub (default: EntityPath of the connection string).")
  private String topic;

  @Option(
      names = "--connection-string-file",
      paramLabel = "FILE",
      description =
          "File with the Event Hubs connection string (default: environment variable "
              + EventHubsConnection.ENVIRONMENT_VARIABLE
              + ").")
  private Path connectionStringFile;

  @Option(
      names = "--security-protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "SASL_SSL",
      description =
          "SASL_SSL, as Event Hubs; SASL_PLAINTEXT without TLS; SSL or PLAINTEXT without sign-in (default: ${DEFAULT-VALUE}).")
  private SecurityProtocol securityProtocol;

  @Option(
      names = "--compression",
      paramLabel = "CODEC",
      defaultValue = "NONE",
      description = "none, gzip, snappy, lz4 or zstd (default: none, which Event Hubs needs).")
  private Compression compression;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "20s",
      description = "How long to wait for the broker's first answer (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout;

  @Option(
      names = "--entra",
      paramLabel = "CREDENTIAL",
      description =
          "Sign in with Entra ID, not a connection string: CLIENT_SECRET, MANAGED_IDENTITY or WORKLOAD_IDENTITY, with the AZURE_* environment variables; needs --bootstrap.")
  private EntraCredential entra;

  /**
   * The target.
   *
   * @throws IllegalArgumentException one line that names what is missing, and no secret
   */
  GeneratorTarget toTarget() {
    if (entra != null) {
      return entraId();
    }
    return switch (securityProtocol) {
      case SASL_SSL, SASL_PLAINTEXT -> signedIn(connection());
      case SSL, PLAINTEXT -> anonymous();
    };
  }

  private EventHubsConnection connection() {
    if (connectionStringFile != null) {
      return EventHubsConnection.fromFile(connectionStringFile);
    }
    if (System.getenv(EventHubsConnection.ENVIRONMENT_VARIABLE) == null) {
      throw new IllegalArgumentException(
          "no connection string: set the environment variable %s or give --connection-string-file; for a broker without sign-in, --bootstrap and --security-protocol PLAINTEXT"
              .formatted(EventHubsConnection.ENVIRONMENT_VARIABLE));
    }
    return EventHubsConnection.fromEnvironment(EventHubsConnection.ENVIRONMENT_VARIABLE);
  }

  private GeneratorTarget signedIn(EventHubsConnection connection) {
    String broker = bootstrap == null ? connection.bootstrapServers() : bootstrap;
    boolean tls = securityProtocol == SecurityProtocol.SASL_SSL;
    return new GeneratorTarget(
        connection.clientProperties(broker, tls),
        topic(connection.eventHub()),
        compression,
        connectTimeout);
  }

  private GeneratorTarget entraId() {
    requireBootstrap("--entra");
    EntraLogin login =
        new EntraLogin(
            entra, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return new GeneratorTarget(
        login.clientProperties(bootstrap), topic(Optional.empty()), compression, connectTimeout);
  }

  private void requireBootstrap(String option) {
    if (bootstrap == null) {
      throw new IllegalArgumentException(option + " needs --bootstrap HOST:PORT");
    }
  }

  private GeneratorTarget anonymous() {
    requireBootstrap("--security-protocol " + securityProtocol);
    Map<String, String> properties =
        Map.of("bootstrap.servers", bootstrap, "security.protocol", securityProtocol.name());
    return new GeneratorTarget(properties, topic(Optional.empty()), compression, connectTimeout);
  }

  private String topic(Optional<String> entityPath) {
    if (topic == null && entityPath.isEmpty()) {
      throw new IllegalArgumentException("no topic: give --topic, the name of the Event Hub");
    }
    if (topic != null && entityPath.isPresent() && !topic.equals(entityPath.get())) {
      throw new IllegalArgumentException(
          "--topic %s is not the EntityPath of the connection string, %s: give only one of them"
              .formatted(topic, entityPath.get()));
    }
    return topic == null ? entityPath.get() : topic;
  }
}
