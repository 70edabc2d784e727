package io.medallion.job.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's metrics, and by the way the consumer that they are of: the connector shows it to
 * nobody else. To be used on the thread that polls, unless it says otherwise.
 */
final class ObservedConsumer extends KafkaSourceReaderMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(ObservedConsumer.class);

  /** By how much a poll may be older than its return: a broker lets a fetch wait half a second. */
  private static final long POLL_AGE_MILLIS = 1000;

  private KafkaConsumer<?, ?> consumer;
  private volatile Metric fetches;
  private double fetchesBefore;

  ObservedConsumer(SourceReaderMetricGroup group) {
    super(group);
  }

  @Override
  public void registerNumBytesIn(KafkaConsumer<?, ?> observed) {
    super.registerNumBytesIn(observed);
    consumer = observed;
    fetches =
        observed.metrics().entrySet().stream()
            .filter(entry -> entry.getKey().group().equals(CONSUMER_FETCH_MANAGER_GROUP))
            .filter(entry -> entry.getKey().name().equals("fetch-total"))
            .filter(entry -> !entry.getKey().tags().containsKey("topic"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
  }

  /** How many answers to fetches have come; on any thread. */
  double answers() {
    Metric counted = fetches;
    return counted == null ? 0 : (double) counted.metricValue();
  }

  /**
   * Where the consumer goes on in each partition, after the poll that has just returned; without
   * those of which it is not sure just now.
   */
  Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      try {
        positions.put(partition.partition(), consumer.position(partition, Duration.ZERO));
      } catch (TimeoutException | WakeupException unsure) {
        LOG.debug("Where {} is read on is not known", partition, unsure);
      }
    }
    return positions;
  }

  /**
   * Which partitions were read to their end by the poll that has just returned; for {@link
   * ConsumerLag#polled}. Empty if the broker answered nothing meanwhile: what was known of it then
   * stays as it is and grows old. Event Hubs is one broker to its clients; where there are several,
   * the answer of one counts for the partitions of the others too.
   */
  Map<Integer, Long> endReached() {
    double fetchesNow = answers();
    Map<Integer, Long> reached = new HashMap<>();
    if (fetchesNow > fetchesBefore) {
      long seen = System.currentTimeMillis() - POLL_AGE_MILLIS;
      for (TopicPartition partition : consumer.assignment()) {
        OptionalLong lag = consumer.currentLag(partition);
        boolean atEnd = lag.isPresent() && lag.getAsLong() == 0;
        reached.put(partition.partition(), atEnd ? seen : ConsumerLag.BEHIND);
      }
    }
    fetchesBefore = fetchesNow;
    return reached;
  }
}
