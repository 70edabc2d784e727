package io.medallion.job.source;

import io.medallion.job.config.StartingOffsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins. End and committed offsets are looked up here. The earliest record is left
 * to the consumer: in an Event Hub that is at its full retention, it would have expired before a
 * reader asked for it.
 */
record SourceOffsets(StartingOffsets start) implements OffsetsInitializer {

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    return switch (start) {
      case EARLIEST -> earliest(partitions);
      case LATEST -> broker.endOffsets(partitions);
      case COMMITTED -> committed(partitions, broker);
    };
  }

  private static Map<TopicPartition, Long> committed(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    Map<TopicPartition, Long> offsets = new HashMap<>(broker.committedOffsets(partitions));
    offsets.values().removeIf(Objects::isNull);
    Set<TopicPartition> never = new HashSet<>(partitions);
    never.removeAll(offsets.keySet());
    offsets.putAll(earliest(never));
    return offsets;
  }

  private static Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return partitions.stream()
        .collect(
            Collectors.toMap(
                partition -> partition, partition -> KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka's clients moved on, the connector's interface did not.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
