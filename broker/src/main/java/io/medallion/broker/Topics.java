package io.medallion.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics as an Event Hubs namespace has them. */
final class Topics {

  private static final long DEADLINE_SECONDS = 60;
  private static final long RETRY_AFTER_MS = 20;

  private Topics() {}

  /** Returns when every partition of the topic, new or not, answers. */
  static void create(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException {
    createIfMissing(admin, name, partitions);
    // A topic is known before its partitions are open. A producer that is quicker than that may
    // have its first batch refused and its second one taken, after which it never recovers.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (true) {
      try {
        askEveryPartition(admin, name);
        return;
      } catch (ExecutionException e) {
        // The client retries all but a topic that it has not heard of yet.
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_AFTER_MS);
      }
    }
  }

  private static void createIfMissing(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException {
    // As in Event Hubs, the timestamp of a record is the enqueued time.
    NewTopic topic =
        new NewTopic(name, partitions, (short) 1)
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void askEveryPartition(Admin admin, String name)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        admin.describeTopics(List.of(name)).allTopicNames().get().get(name).partitions().stream()
            .map(partition -> new TopicPartition(name, partition.partition()))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    admin.listOffsets(ends).all().get();
  }
}
