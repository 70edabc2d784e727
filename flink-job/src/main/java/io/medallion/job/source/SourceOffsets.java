package io.medallion.job.source;

import io.medallion.job.config.StartingOffsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Looks the starting offsets up at the broker, so that the consumer needs no reset policy. */
record SourceOffsets(StartingOffsets start) implements OffsetsInitializer {

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    return switch (start) {
      case EARLIEST -> broker.beginningOffsets(partitions);
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
    if (!never.isEmpty()) {
      offsets.putAll(broker.beginningOffsets(never));
    }
    return offsets;
  }

  @Override
  @SuppressWarnings("deprecation") // Kafka's clients moved on, the connector's interface did not.
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
