package io.medallion.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A ZooKeeper process, which stands in for Kubernetes as the place where Flink keeps who leads and
 * what runs: {@link #highAvailability} is all that a cluster has to be told.
 */
final class ZooKeeperServer {

  private final int port;

  private ZooKeeperServer(int port) {
    this.port = port;
  }

  static ZooKeeperServer start(Workspace workspace) throws IOException {
    int port = Ports.free();
    Path conf = workspace.folder("conf").resolve("zookeeper.properties");
    Files.write(
        conf,
        List.of(
            "dataDir=" + workspace.folder("zookeeper"),
            "clientPort=" + port,
            "clientPortAddress=" + Ports.LOOPBACK,
            "tickTime=1000",
            "admin.enableServer=false"));
    JavaProcess.of(
            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain")
        .classPath(BuildFolders.flinkClassPath())
        .jvm("-Xmx128m")
        .jvm(
            "-Dlog4j.configurationFile="
                + BuildFolders.flinkConf().resolve("log4j2.properties").toUri())
        .arguments(conf.toString())
        .start(workspace, "zookeeper");
    ZooKeeperServer server = new ZooKeeperServer(port);
    Wait.until("ZooKeeper listens", workspace, server::listens);
    return server;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Flink's settings, with a session that is lost sooner than in Flink's default of a minute. */
  Map<String, String> highAvailability(Path storage) {
    return Map.of(
        "high-availability.type",
        "zookeeper",
        "high-availability.zookeeper.quorum",
        Ports.LOOPBACK + ":" + port,
        "high-availability.storageDir",
        storage.toUri().toString(),
        "high-availability.zookeeper.client.session-timeout",
        "8 s");
  }
}
