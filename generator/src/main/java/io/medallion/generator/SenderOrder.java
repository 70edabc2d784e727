package io.medallion.generator;

import io.medallion.generator.event.EventMessage;
import java.util.Arrays;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Keeps the records of a sender in one partition, and so in order: by their key, or where that says
 * something else, by the partition that the sender would have as a key.
 */
final class SenderOrder {

  private final String topic;
  private int partitions;

  SenderOrder(String topic) {
    this.topic = topic;
  }

  ProducerRecord<byte[], byte[]> record(Producer<byte[], byte[]> producer, EventMessage message) {
    Integer partition =
        Arrays.equals(message.key(), message.sender())
            ? null
            : Integer.valueOf(partition(producer, message.sender()));
    return new ProducerRecord<>(
        topic, partition, message.key(), message.value(), message.headers());
  }

  /** As Kafka's own partitioner has it for a record with that key. */
  private int partition(Producer<byte[], byte[]> producer, byte[] sender) {
    if (partitions == 0) {
      partitions = producer.partitionsFor(topic).size();
    }
    return Utils.toPositive(Utils.murmur2(sender)) % partitions;
  }
}
