package io.medallion.eventhubs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a broker tells about one topic (Event Hub): whether it is the one that was read before, and
 * which records it has.
 *
 * <p>Every method asks the broker, waits up to a deadline and throws {@link
 * BrokerUnavailableException} if there is no answer. Not thread-safe.
 */
public interface EventHubLookup extends AutoCloseable {

  /**
   * Makes a lookup; nothing is asked yet.
   *
   * @param clientProperties bootstrap servers and security settings of a Kafka client
   * @param deadline of each question
   */
  static EventHubLookup of(Map<String, String> clientProperties, String topic, Duration deadline) {
    return new KafkaLookup(clientProperties, topic, deadline);
  }

  /**
   * What tells a topic from another one of the same name.
   *
   * @param clusterId of the Kafka cluster (the namespace); null if the broker does not tell
   * @param topicId that the cluster gave the topic when it was created (Kafka 2.8 and later); null
   *     if the broker does not tell
   */
  record Identity(String clusterId, String topicId) {}

  /**
   * The records of a partition.
   *
   * @param begin offset of the first one that is still there
   * @param end offset that the next one will get
   */
  record Range(long begin, long end) {}

  /**
   * One record.
   *
   * @param timestamp milliseconds since 1970, by broker or sender
   */
  record Mark(long offset, long timestamp) {}

  Identity identity();

  /** The range of each of these partitions; of one that the topic does not have, none. */
  Map<Integer, Range> ranges(Collection<Integer> partitions);

  /**
   * The first record of a partition at the given offset or after it; none if only markers of
   * transactions are there.
   *
   * @param offsets by partition; each within the partition's {@link #ranges}
   */
  Map<Integer, Mark> records(Map<Integer, Long> offsets);

  /**
   * What about the topic's settings a person should know before its records go into a lake: a
   * sentence each, none if there is nothing or the broker does not tell.
   */
  List<String> warnings();

  @Override
  void close();
}
