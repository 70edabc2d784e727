package io.medallion.generator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka producer of a run: idempotent, acknowledged by all replicas, in order per key. Batches
 * are large because throughput comes from them; they stay under the 1 MB that Event Hubs takes.
 */
final class EventProducer {

  /** After which an event that the broker has not acknowledged is a failure. */
  static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);

  private static final int BATCH_BYTES = 256 * 1024;

  /**
   * Room for 64 batches. Not more: what waits longer drops out of the processor's cache and into
   * the garbage collector's old regions, which costs more than waiting saves.
   */
  private static final long BUFFER_BYTES = 16L * 1024 * 1024;

  private static final int SOCKET_BYTES = 1024 * 1024;

  private EventProducer() {}

  static Producer<byte[], byte[]> create(GeneratorTarget target) {
    Map<String, Object> p = new HashMap<>(target.clientProperties());
    p.put(ProducerConfig.CLIENT_ID_CONFIG, "medallion-generator");
    p.put(ProducerConfig.ACKS_CONFIG, "all");
    p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // With several requests under way, a topic that was created just now can refuse a producer's
    // first batch and take its second one, which idempotence does not repair.
    p.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, target.compression().kafkaName());
    p.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    p.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    p.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    p.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    p.put(ProducerConfig.SEND_BUFFER_CONFIG, SOCKET_BYTES);
    // Microsoft's "Kafka client configurations" for Event Hubs.
    p.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1_000_000);
    p.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 60_000);
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
