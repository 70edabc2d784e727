package io.medallion.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * The settings of the embedded broker: one node that is broker and controller at once, on loopback
 * only, with the limits of the Event Hubs standard tier (1 MB a message, 7 days of retention).
 */
final class BrokerConfig {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENTS";
  private static final Duration RETENTION = Duration.ofDays(7);

  /** 1 MiB and the header of the batch around the message. */
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024 + 12;

  private BrokerConfig() {}

  static Properties properties(Path dataDir, LoopbackPorts ports, SignIn signIn) {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", Integer.toString(NODE_ID));
    p.put("log.dirs", dataDir.toString());

    String controller = LoopbackPorts.HOST + ":" + ports.controller();
    String clients = CLIENT_LISTENER + "://" + LoopbackPorts.HOST + ":" + ports.clients();
    p.put("controller.quorum.voters", NODE_ID + "@" + controller);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
    p.put("advertised.listeners", clients);
    p.put(
        "listener.security.protocol.map",
        CONTROLLER_LISTENER + ":PLAINTEXT," + CLIENT_LISTENER + ":" + signIn.securityProtocol());

    // The broker itself comes in through the clients' door: there is no listener without sign-in.
    p.put("inter.broker.listener.name", CLIENT_LISTENER);
    p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    signIn.listenerSettings().forEach((key, value) -> p.put("listener.name.clients." + key, value));

    p.put("auto.create.topics.enable", "false");
    p.put("log.retention.ms", Long.toString(RETENTION.toMillis()));
    p.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));

    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");

    // A guest in somebody else's JVM: few threads, a small compaction buffer, no start-up delay.
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "2");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    p.put("group.initial.rebalance.delay.ms", "0");
    // How long a broker that was killed keeps its place, and its successor waits; Kafka's is 9 s.
    p.put("broker.session.timeout.ms", "6000");
    p.put("broker.heartbeat.interval.ms", "1000");
    p.put("socket.receive.buffer.bytes", Integer.toString(1024 * 1024));
    p.put("socket.send.buffer.bytes", Integer.toString(1024 * 1024));
    return p;
  }
}
