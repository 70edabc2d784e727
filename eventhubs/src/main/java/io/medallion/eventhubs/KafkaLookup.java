package io.medallion.eventhubs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks with Kafka's own clients: an admin client that is kept, a consumer for each look at records.
 */
final class KafkaLookup implements EventHubLookup {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLookup.class);

  private final Map<String, String> clientProperties;
  private final String topic;
  private final Duration deadline;
  private final ProbeFailure failure;
  private Admin admin;

  KafkaLookup(Map<String, String> clientProperties, String topic, Duration deadline) {
    this.clientProperties = Map.copyOf(clientProperties);
    this.topic = topic;
    this.deadline = deadline;
    this.failure = new ProbeFailure(clientProperties, topic, deadline);
  }

  @Override
  public Identity identity() {
    Uuid topicId = describe().topicId();
    return new Identity(
        answer(admin().describeCluster().clusterId()),
        topicId.equals(Uuid.ZERO_UUID) ? null : topicId.toString());
  }

  @Override
  public Map<Integer, Range> ranges(Collection<Integer> partitions) {
    List<TopicPartition> there =
        describe().partitions().stream()
            .map(partition -> partition.partition())
            .filter(partitions::contains)
            .map(partition -> new TopicPartition(topic, partition))
            .toList();
    Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(there, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(there, OffsetSpec.latest());
    return there.stream()
        .collect(
            Collectors.toMap(
                TopicPartition::partition,
                partition ->
                    new Range(begins.get(partition).offset(), ends.get(partition).offset())));
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      List<TopicPartition> partitions, OffsetSpec which) {
    return answer(
        admin()
            .listOffsets(
                partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> which)))
            .all());
  }

  @Override
  public Map<Integer, Mark> records(Map<Integer, Long> offsets) {
    Map<Integer, Mark> found = new HashMap<>();
    if (offsets.isEmpty()) {
      return found;
    }
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> wanted =
          offsets.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> new TopicPartition(topic, entry.getKey()), Map.Entry::getValue));
      consumer.assign(wanted.keySet());
      wanted.forEach(consumer::seek);
      Set<TopicPartition> waiting = new HashSet<>(wanted.keySet());
      long until = System.nanoTime() + deadline.toNanos();
      while (!waiting.isEmpty()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          throw failure.describe(new TimeoutException());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofNanos(left))) {
          found.putIfAbsent(record.partition(), new Mark(record.offset(), record.timestamp()));
        }
        List<TopicPartition> done =
            waiting.stream()
                .filter(
                    partition ->
                        found.containsKey(partition.partition())
                            || consumer.currentLag(partition).orElse(1) == 0)
                .toList();
        consumer.pause(done);
        waiting.removeAll(done);
      }
      return found;
    } catch (KafkaException e) {
      throw failure.describe(e);
    }
  }

  @Override
  public List<String> warnings() {
    Map<String, String> settings = settings();
    List<String> warnings = new ArrayList<>();
    if (settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains("compact")) {
      warnings.add(
          "The Event Hub '%s' is compacted (cleanup.policy): it forgets all but the newest record of each key. What is gone before the job reads it is not in the lake. A hub for events should delete by age alone"
              .formatted(topic));
    }
    if (settings
        .getOrDefault(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "")
        .equalsIgnoreCase(TimestampType.CREATE_TIME.name)) {
      warnings.add(
          "The Event Hub '%s' lets its senders set the time at which records arrived (message.timestamp.type = CreateTime). Clocks that are wrong are then only found by the clock here; LogAppendTime is what Event Hubs does by itself"
              .formatted(topic));
    }
    return warnings;
  }

  /** The topic's settings; none if the broker does not tell them, or not to this client. */
  private Map<String, String> settings() {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return admin()
          .describeConfigs(List.of(resource))
          .all()
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS)
          .get(resource)
          .entries()
          .stream()
          .filter(entry -> entry.value() != null)
          .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The settings of '{}' are not known", topic, e);
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = properties();
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // One record is enough; a broker sends at least a batch.
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 16);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private TopicDescription describe() {
    return answer(admin().describeTopics(List.of(topic)).allTopicNames()).get(topic);
  }

  private Admin admin() {
    if (admin == null) {
      try {
        admin = Admin.create(properties());
      } catch (KafkaException e) {
        throw failure.describe(e);
      }
    }
    return admin;
  }

  private Map<String, Object> properties() {
    // An unreachable host is retried until the API timeout: both have to fit into the deadline.
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(deadline.toMillis()));
    properties.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(deadline.toMillis()));
    return properties;
  }

  private <T> T answer(KafkaFuture<T> question) {
    try {
      return question.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure.describe(e.getCause());
    } catch (TimeoutException e) {
      throw failure.describe(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure.describe(e);
    }
  }

  @Override
  public void close() {
    if (admin != null) {
      // Without waiting for requests that nobody will answer.
      admin.close(Duration.ZERO);
    }
  }
}
