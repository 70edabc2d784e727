package io.medallion.job.testing;

import io.medallion.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of the embedded broker, and what was sent to it, in order. */
public final class EventHub implements AutoCloseable {

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<SentEvent> sent = new ArrayList<>();

  public EventHub(EmbeddedBroker broker, String topic, int partitions) {
    this.topic = topic;
    broker.createTopic(topic, partitions);
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    properties.put("acks", "all");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public String topic() {
    return topic;
  }

  public List<SentEvent> sent() {
    return sent;
  }

  /** Sends these and returns when the broker has them. */
  public void send(List<SentEvent> events) throws Exception {
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (SentEvent event : events) {
      answers.add(
          producer.send(
              new ProducerRecord<>(topic, event.partition(), event.keyBytes(), event.bodyBytes())));
    }
    producer.flush();
    for (Future<RecordMetadata> answer : answers) {
      answer.get();
    }
    sent.addAll(events);
  }

  /**
   * Sends bodies as they are, null for a tombstone, to one partition after the other, and returns
   * when the broker has them. They are not among {@link #sent}.
   *
   * @return the partition and offset that each got
   */
  public List<RecordMetadata> sendBodies(List<byte[]> bodies) throws Exception {
    int partitions = producer.partitionsFor(topic).size();
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      answers.add(producer.send(new ProducerRecord<>(topic, i % partitions, null, bodies.get(i))));
    }
    producer.flush();
    List<RecordMetadata> places = new ArrayList<>();
    for (Future<RecordMetadata> answer : answers) {
      places.add(answer.get());
    }
    return places;
  }

  @Override
  public void close() {
    producer.close();
  }

  /**
   * An event as sent.
   *
   * @param eventTime what the body says, or -1 for a body that is invalid
   * @param eventId what the body says, or null
   */
  public record SentEvent(int partition, String key, String body, long eventTime, String eventId) {

    /** A valid event of the station that is its key. */
    public static SentEvent valid(
        int partition, String station, long eventTime, double temperature) {
      String body =
          """
          {"temperature": %s, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
          "precipitation": 0.1, "conditions": "Sunny", "eventTime": %d}"""
              .formatted(temperature, eventTime);
      return new SentEvent(partition, station, body, eventTime, null);
    }

    /** The same with an id; of an invalid event the same. */
    public SentEvent withId(String id) {
      return isValid()
          ? new SentEvent(
              partition,
              key,
              body.replaceFirst("}$", ", \"eventId\": \"%s\"}".formatted(id)),
              eventTime,
              id)
          : this;
    }

    public static SentEvent invalid(int partition, String body) {
      return new SentEvent(partition, null, body, -1, null);
    }

    public boolean isValid() {
      return eventTime >= 0;
    }

    byte[] bodyBytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }

    byte[] keyBytes() {
      return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }
  }
}
