package io.medallion.cluster;

import io.medallion.broker.BrokerProcess;
import io.medallion.eventhubs.EventHubsConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The embedded broker, with Event Hubs' sign-in, in a process of its own. */
final class BrokerServer {

  /** As many as the largest parallelism that the tests use. */
  static final int PARTITIONS = 4;

  private final Workspace workspace;
  private String connectionString;
  private final List<String> topics;
  private final int port;
  private JavaProcess process;

  private BrokerServer(
      Workspace workspace, String connectionString, List<String> topics, int port) {
    this.workspace = workspace;
    this.connectionString = connectionString;
    this.topics = topics;
    this.port = port;
  }

  static BrokerServer start(Workspace workspace, String key, List<String> topics)
      throws IOException {
    BrokerServer broker = new BrokerServer(workspace, connectionString(key), topics, Ports.free());
    broker.startAgain();
    return broker;
  }

  private static String connectionString(String key) {
    return "Endpoint=sb://localhost/;SharedAccessKeyName=medallion;SharedAccessKey=" + key;
  }

  /** kill -9; its data stays. */
  void kill() {
    process.kill();
  }

  /**
   * Restarts it with another key. Generators get the new one from now on, {@code flink run} not.
   */
  void rotateKey(String key) throws IOException {
    kill();
    connectionString = connectionString(key);
    startAgain();
  }

  /** Starts it on the same port and data, and waits until it serves. */
  void startAgain() throws IOException {
    process =
        JavaProcess.of(BrokerProcess.class.getName())
            .jvm("-Xmx256m")
            .environment(Map.of(EventHubsConnection.ENVIRONMENT_VARIABLE, connectionString))
            .arguments(
                workspace.folder("broker").toString(),
                Integer.toString(port),
                String.join(",", topics),
                Integer.toString(PARTITIONS))
            .start(workspace, "broker");
    JavaProcess started = process;
    Wait.until(
        "the broker listens",
        workspace,
        () -> {
          if (!started.isAlive()) {
            throw new AssertionError("The broker ended" + started.tails());
          }
          return started.out().contains("listening on");
        });
  }

  String bootstrapServers() {
    return Ports.LOOPBACK + ":" + port;
  }

  String connectionString() {
    return connectionString;
  }

  /** For processes that sign in. */
  Map<String, String> clientEnvironment() {
    return Map.of(EventHubsConnection.ENVIRONMENT_VARIABLE, connectionString);
  }
}
