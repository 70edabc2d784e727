package io.medallion.broker;

import java.nio.file.Path;

/** A broker in a process of its own, for tests that kill it: arguments are folder, port, topic. */
final class BrokerProcess {

  private BrokerProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .dataDir(Path.of(args[0]))
            .port(Integer.parseInt(args[1]))
            .connectionString(System.getenv("EVENTHUBS_CONNECTION_STRING"))
            .start();
    broker.createTopic(args[2], 2);
    System.out.println("listening on " + broker.bootstrapServers());
    Thread.currentThread().join();
  }
}
