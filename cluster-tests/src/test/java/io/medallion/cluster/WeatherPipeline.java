package io.medallion.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The servers of a test: broker and Flink cluster, in a workspace that is closed with them. */
final class WeatherPipeline implements AutoCloseable {

  private final Workspace workspace;
  private final BrokerServer broker;
  private final FlinkCluster cluster;
  private final FlinkCli cli;

  private WeatherPipeline(Workspace workspace, BrokerServer broker, FlinkCluster cluster) {
    this.workspace = workspace;
    this.broker = broker;
    this.cluster = cluster;
    this.cli = cluster.cli(broker.clientEnvironment());
  }

  /**
   * Starts the servers; no job yet.
   *
   * @param key the secret of the connection string
   * @param topics which the broker will have
   * @param flinkSettings on top of those of {@link FlinkCluster#in}
   */
  static WeatherPipeline start(
      Workspace workspace,
      String key,
      List<String> topics,
      int taskManagers,
      Map<String, String> flinkSettings)
      throws IOException {
    FlinkCluster cluster = FlinkCluster.in(workspace, flinkSettings);
    cluster.start(taskManagers);
    BrokerServer broker = BrokerServer.start(workspace, key, topics);
    cluster.awaitTaskManagers(taskManagers);
    return new WeatherPipeline(workspace, broker, cluster);
  }

  /** A job on a topic, with its lake in the workspace. */
  WeatherJob job(String topic) throws IOException {
    return new WeatherJob(this, topic, workspace.folder("lake-" + topic));
  }

  Workspace workspace() {
    return workspace;
  }

  BrokerServer broker() {
    return broker;
  }

  FlinkCluster cluster() {
    return cluster;
  }

  FlinkCli cli() {
    return cli;
  }

  @Override
  public void close() throws IOException {
    workspace.close();
  }
}
