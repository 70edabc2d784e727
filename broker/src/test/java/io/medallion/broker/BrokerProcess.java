package io.medallion.broker;

import java.nio.file.Path;

/**
 * A broker in a process of its own, for tests that kill it: arguments are folder, port, topics
 * (with commas between them) and their number of partitions; the connection string is in the
 * environment.
 */
public final class BrokerProcess {

  private BrokerProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .dataDir(Path.of(args[0]))
            .port(Integer.parseInt(args[1]))
            .connectionString(System.getenv("EVENTHUBS_CONNECTION_STRING"))
            .start();
    for (String topic : args[2].split(",", -1)) {
      broker.createTopic(topic, Integer.parseInt(args[3]));
    }
    System.out.println("listening on " + broker.bootstrapServers());
    Thread.currentThread().join();
  }
}
