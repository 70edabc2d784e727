package io.medallion.generator;

import io.medallion.eventhubs.BrokerProbe;
import java.time.Duration;
import java.util.Map;

/**
 * Where to send events to.
 *
 * @param clientProperties bootstrap servers and sign-in of a Kafka client; may hold a secret
 * @param topic the topic or Event Hub; has to exist
 * @param compression of the producer's batches
 * @param connectTimeout how long to wait for the broker's first answer
 */
public record GeneratorTarget(
    Map<String, String> clientProperties,
    String topic,
    Compression compression,
    Duration connectTimeout) {

  public GeneratorTarget {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Uncompressed, as Event Hubs takes it, and with the probe's own deadline. */
  public GeneratorTarget(Map<String, String> clientProperties, String topic) {
    this(clientProperties, topic, Compression.NONE, BrokerProbe.DEFAULT_DEADLINE);
  }

  /** Without the properties, which may hold a secret. */
  @Override
  public String toString() {
    return "GeneratorTarget[%s at %s]".formatted(topic, clientProperties.get("bootstrap.servers"));
  }
}
