package io.medallion.broker;

import io.medallion.eventhubs.EventHubsConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker inside this JVM that stands in for an Event Hubs namespace: clients sign in with
 * {@code $ConnectionString} and a connection string, a record's timestamp is the time at which the
 * broker took it, topics have to be created, and messages are limited to 1 MB.
 *
 * <p>It listens on 127.0.0.1 only and keeps everything under one folder. Opened again on that
 * folder, after {@link #close} or after the process was killed, it has all records that it
 * acknowledged. (A record is on disk when the operating system writes it: a power cut may lose it.)
 *
 * <p>As any Kafka broker it ends the JVM when its log folder fails while it runs.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private final BrokerFolder folder;
  private final KafkaRaftServer server;
  private final Map<String, String> clientProperties;

  private EmbeddedBroker(
      BrokerFolder folder, KafkaRaftServer server, Map<String, String> clientProperties) {
    this.folder = folder;
    this.server = server;
    this.clientProperties = clientProperties;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** {@code HOST:PORT} of the listener for clients. */
  public String bootstrapServers() {
    return clientProperties.get("bootstrap.servers");
  }

  /** Settings with which a client signs in; they contain the connection string. */
  public Map<String, String> clientProperties() {
    return clientProperties;
  }

  /**
   * Creates a topic, and returns when all of its partitions take records. A topic that exists stays
   * as it is, whatever its number of partitions.
   */
  public void createTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.copyOf(clientProperties))) {
      Topics.create(admin, name, partitions);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot create topic '" + name + "'", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic '" + name + "'", e);
    }
  }

  /** Stops the broker and waits until its files are closed. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    folder.close();
  }

  /** What a broker needs to start; all but the port must be given. */
  public static final class Builder {

    private Path dataDir;
    private String connectionString;
    private int port;
    private SignIn.Tls tls;
    private SignIn.TokenRules tokens;

    private Builder() {}

    /** The broker's own folder; created if missing, used by one broker at a time. */
    public Builder dataDir(Path folder) {
      dataDir = folder;
      return this;
    }

    /** What clients have to show, in the form of an Event Hubs connection string. */
    public Builder connectionString(String value) {
      connectionString = value;
      return this;
    }

    /** The port for clients; 0, the default, takes any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Speaks TLS, with a PKCS12 file that holds a key and its self-signed certificate. */
    public Builder tls(Path keyStore, String password) {
      tls = new SignIn.Tls(keyStore.toString(), password);
      return this;
    }

    /**
     * Lets clients in with tokens (OAUTHBEARER) too, signed with a key that is found at an address
     * that Kafka's property {@code org.apache.kafka.sasl.oauthbearer.allowed.urls} allows.
     */
    public Builder tokens(String jwksUrl, String issuer, String audience) {
      tokens = new SignIn.TokenRules(jwksUrl, issuer, audience);
      return this;
    }

    /**
     * Starts the broker; clients can connect when this returns.
     *
     * @throws BrokerStartException if the port is busy or the folder cannot be used
     */
    public EmbeddedBroker start() {
      Objects.requireNonNull(dataDir, "dataDir");
      EventHubsConnection connection =
          EventHubsConnection.parse(Objects.requireNonNull(connectionString, "connectionString"));
      LoopbackPorts ports = LoopbackPorts.reserve(port);
      SignIn signIn = new SignIn(connection, Optional.ofNullable(tls), Optional.ofNullable(tokens));
      Map<String, String> clientProperties =
          signIn.clientProperties(LoopbackPorts.HOST + ":" + ports.clients());
      BrokerFolder folder = BrokerFolder.open(dataDir);
      try {
        KafkaRaftServer server = startServer(BrokerConfig.properties(dataDir, ports, signIn));
        return new EmbeddedBroker(folder, server, clientProperties);
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    }

    private KafkaRaftServer startServer(Properties properties) {
      KafkaRaftServer server = null;
      try {
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return server;
      } catch (RuntimeException e) {
        if (server != null) {
          server.shutdown();
        }
        throw new BrokerStartException(
            "The broker did not start on folder %s (%s)".formatted(dataDir, e.getMessage()), e);
      }
    }
  }
}
