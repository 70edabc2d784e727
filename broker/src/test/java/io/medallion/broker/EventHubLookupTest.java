package io.medallion.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubLookup.Identity;
import io.medallion.eventhubs.EventHubLookup.Mark;
import io.medallion.eventhubs.EventHubLookup.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventHubLookupTest {

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final String topic = "weather-" + UUID.randomUUID();
  private EventHubLookup lookup;

  @BeforeAll
  static void start() {
    broker =
        EmbeddedBroker.builder()
            .dataDir(folder)
            .connectionString(
                "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=test;SharedAccessKey=dGVzdA==")
            .start();
    admin = Admin.create(Map.copyOf(broker.clientProperties()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void open() throws Exception {
    lookup = EventHubLookup.of(broker.clientProperties(), topic, Duration.ofSeconds(20));
    create(Map.of("message.timestamp.type", "CreateTime"));
  }

  @AfterEach
  void close() {
    lookup.close();
  }

  @Test
  void aTopicThatWasCreatedAnewIsAnotherOneOfTheSameCluster() throws Exception {
    Identity before = lookup.identity();
    assertThat(lookup.identity()).isEqualTo(before);

    admin.deleteTopics(List.of(topic)).all().get();
    create(Map.of());

    assertThat(lookup.identity().clusterId()).isEqualTo(before.clusterId()).isNotEmpty();
    assertThat(lookup.identity().topicId()).isNotEqualTo(before.topicId()).isNotEmpty();
  }

  @Test
  void tellsWhichRecordsThereAre() throws Exception {
    send(0, 100, 110, 120, 130);
    send(1, 500);
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
        .all()
        .get();

    assertThat(lookup.ranges(Set.of(0, 1, 7)))
        .isEqualTo(Map.of(0, new Range(2, 4), 1, new Range(0, 1)));
    assertThat(lookup.records(Map.of(0, 3L, 1, 0L)))
        .isEqualTo(Map.of(0, new Mark(3, 130), 1, new Mark(0, 500)));
    assertThat(lookup.records(Map.of())).isEmpty();
  }

  @Test
  void theMarkerOfATransactionIsNoRecord() throws Exception {
    Map<String, Object> transactional = Map.of("transactional.id", topic);
    try (KafkaProducer<byte[], byte[]> producer = producer(transactional)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, 100L, null, new byte[] {1})).get();
      producer.commitTransaction();
    }
    send(1, 500);

    assertThat(lookup.ranges(Set.of(0))).isEqualTo(Map.of(0, new Range(0, 2)));
    assertThat(lookup.records(Map.of(0, 1L, 1, 0L))).isEqualTo(Map.of(1, new Mark(0, 500)));
  }

  @Test
  void warnsOfACompactedTopicAndOfOneWhoseSendersSetTheTime() throws Exception {
    assertThat(lookup.warnings()).singleElement().asString().contains("CreateTime");

    admin.deleteTopics(List.of(topic)).all().get();
    create(Map.of("cleanup.policy", "compact,delete", "message.timestamp.type", "LogAppendTime"));
    assertThat(lookup.warnings()).singleElement().asString().contains("is compacted");

    admin.deleteTopics(List.of(topic)).all().get();
    create(Map.of("message.timestamp.type", "LogAppendTime"));
    assertThat(lookup.warnings()).isEmpty();
  }

  @Test
  void aTopicThatIsNotThereIsSaidSo() {
    try (EventHubLookup other =
        EventHubLookup.of(broker.clientProperties(), "other", Duration.ofSeconds(20))) {
      assertThatExceptionOfType(BrokerUnavailableException.class)
          .isThrownBy(other::identity)
          .withMessageContaining("There is no topic (Event Hub) 'other'");
      assertThat(other.warnings()).isEmpty();
    }
  }

  private void create(Map<String, String> settings) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1).configs(settings))).all().get();
    broker.createTopic(topic, 2);
  }

  private void send(int partition, long... timestamps) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (long timestamp : timestamps) {
        producer
            .send(new ProducerRecord<>(topic, partition, timestamp, null, new byte[] {1}))
            .get();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(broker.clientProperties());
    properties.putAll(settings);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
