package io.medallion.generator;

import java.util.Map;

/**
 * Where to send events to.
 *
 * @param clientProperties bootstrap servers and sign-in of a Kafka client; may hold a secret
 * @param topic the topic or Event Hub; has to exist
 * @param compression of the producer's batches
 */
public record GeneratorTarget(
    Map<String, String> clientProperties, String topic, Compression compression) {

  public GeneratorTarget {
    clientProperties = Map.copyOf(clientProperties);
  }

  public GeneratorTarget(Map<String, String> clientProperties, String topic) {
    this(clientProperties, topic, Compression.NONE);
  }

  /** Without the properties, which may hold a secret. */
  @Override
  public String toString() {
    return "GeneratorTarget[%s at %s]".formatted(topic, clientProperties.get("bootstrap.servers"));
  }
}
