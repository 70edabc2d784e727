package io.medallion.job.testing;

import io.medallion.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Senders of all kinds, each record by itself, to a topic with settings of its own. */
public final class Senders implements AutoCloseable {

  private final EmbeddedBroker broker;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> answers = new ArrayList<>();

  /** Makes the topic. */
  public Senders(
      EmbeddedBroker broker, String topic, int partitions, Map<String, String> topicSettings)
      throws Exception {
    this.broker = broker;
    this.topic = topic;
    createTopic(partitions, topicSettings);
    producer = producer(Map.of());
  }

  /** Makes the topic, as after {@link #deleteTopic}. */
  public void createTopic(int partitions, Map<String, String> topicSettings) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(topicSettings)))
          .all()
          .get();
    }
    // Returns when all of its partitions take records.
    broker.createTopic(topic, partitions);
  }

  public void deleteTopic() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  /** Any other request to the broker. */
  public Admin admin() {
    return Admin.create(Map.copyOf(broker.clientProperties()));
  }

  /** A producer with more settings. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    properties.put("acks", "all");
    properties.putAll(settings);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public String topic() {
    return topic;
  }

  /** Sends a body, null for a tombstone. */
  public void send(int partition, String body) {
    send(partition, null, body);
  }

  /** With a timestamp, which counts if the topic lets senders set it. */
  public void send(int partition, Long timestamp, String body) {
    send(record(partition, timestamp, body));
  }

  public void send(ProducerRecord<byte[], byte[]> record) {
    answers.add(producer.send(record));
  }

  /** Returns when the broker has all that was sent. */
  public void flush() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> answer : answers) {
      answer.get();
    }
    answers.clear();
  }

  public ProducerRecord<byte[], byte[]> record(int partition, Long timestamp, String body) {
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, partition, timestamp, null, bytes);
  }

  /** What a sender sends at a time. */
  @FunctionalInterface
  public interface Body {
    String at(long now);
  }

  /** An event that tells its time. */
  public static String event(String station, long eventTime) {
    return timelessEvent(station).replaceFirst("}$", ", \"eventTime\": " + eventTime + "}");
  }

  /** An event that does not. */
  public static String timelessEvent(String station) {
    return """
        {"temperature": 20, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
        "precipitation": 0.1, "conditions": "Sunny", "stationId": "%s"}"""
        .formatted(station);
  }

  @Override
  public void close() {
    producer.close();
  }
}
