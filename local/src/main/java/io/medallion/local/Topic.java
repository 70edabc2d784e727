package io.medallion.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic that a lake is filled from.
 *
 * <p>Not a record: the client's properties hold a credential, which must not get into a {@code
 * toString}.
 */
final class Topic {

  private final Map<String, String> clientProperties;
  private final String name;

  Topic(Map<String, String> clientProperties, String name) {
    this.clientProperties = Map.copyOf(clientProperties);
    this.name = name;
  }

  Map<String, String> clientProperties() {
    return clientProperties;
  }

  String name() {
    return name;
  }

  /** Sum over the partitions of the first offset that still exists. */
  long firstOffset() throws InterruptedException {
    return sum(OffsetSpec.earliest());
  }

  /** Sum over the partitions of the offset that the next event will get. */
  long endOffset() throws InterruptedException {
    return sum(OffsetSpec.latest());
  }

  private long sum(OffsetSpec which) throws InterruptedException {
    try (Admin admin = Admin.create(Map.copyOf(clientProperties))) {
      Map<TopicPartition, OffsetSpec> partitions =
          admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions().stream()
              .collect(
                  Collectors.toMap(
                      partition -> new TopicPartition(name, partition.partition()),
                      partition -> which));
      return admin.listOffsets(partitions).all().get().values().stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot read the offsets of topic '%s'".formatted(name), e.getCause());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
