package io.medallion.job.source;

import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubLookup.Range;
import io.medallion.job.config.ExpiredOffsets;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.hub.HubConflictException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's source reader, which looks at each position before it reads from there: that it
 * is one of the configured topic, and that the topic has it. The consumer itself never resets a
 * position, so none is lost or read twice without a word.
 */
@SuppressWarnings("try") // The connector's close() may throw InterruptedException.
final class EventHubReader extends KafkaSourceReader<WeatherRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(EventHubReader.class);

  private final SourceConfig eventHub;
  private final ConsumerLag lag;

  EventHubReader(
      FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue,
      KafkaSourceFetcherManager fetchers,
      RecordEmitter<ConsumerRecord<byte[], byte[]>, WeatherRecord, KafkaPartitionSplitState>
          emitter,
      Configuration options,
      SourceReaderContext context,
      ObservedConsumer consumer,
      SourceConfig eventHub,
      ConsumerLag lag) {
    super(queue, fetchers, emitter, options, context, consumer);
    this.eventHub = eventHub;
    this.lag = lag;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (!split.getTopic().equals(eventHub.topic())) {
        throw HubConflictException.otherTopic(
            split.getTopic(), eventHub.topic(), eventHub.generation());
      }
      lag.assigned(split.getPartition());
    }
    List<Integer> positioned =
        splits.stream()
            .filter(split -> split.getStartingOffset() >= 0)
            .map(KafkaPartitionSplit::getPartition)
            .toList();
    if (positioned.isEmpty()) {
      super.addSplits(splits);
      return;
    }
    try (EventHubLookup hub = eventHub.lookup()) {
      Map<Integer, Range> ranges = hub.ranges(positioned);
      super.addSplits(
          splits.stream()
              .map(
                  split ->
                      split.getStartingOffset() < 0
                          ? split
                          : checked(split, ranges.get(split.getPartition())))
              .toList());
    }
  }

  private KafkaPartitionSplit checked(KafkaPartitionSplit split, Range range) {
    long position = split.getStartingOffset();
    if (range == null) {
      throw HubConflictException.otherHub(
          eventHub.topic(),
          eventHub.generation(),
          "it has no partition %d, of which offset %d is next"
              .formatted(split.getPartition(), position));
    }
    if (position > range.end()) {
      throw HubConflictException.otherHub(
          eventHub.topic(),
          eventHub.generation(),
          "partition %d ends before offset %d, but offset %d is next"
              .formatted(split.getPartition(), range.end(), position));
    }
    if (position >= range.begin()) {
      return split;
    }
    String expired =
        "Partition %d of '%s': offsets %d to %d expired before they were read"
            .formatted(split.getPartition(), eventHub.topic(), position, range.begin() - 1);
    if (eventHub.expiredOffsets() == ExpiredOffsets.FAIL) {
      throw new HubConflictException(
          expired
              + ". These events are lost to the lake. To accept that and go on with what is there, start the job from the same state with source.expired.offsets = skip; the table 'gaps' then says what is missing");
    }
    LOG.error("{}; they are skipped, because source.expired.offsets = skip", expired);
    return new KafkaPartitionSplit(
        split.getTopicPartition(),
        range.begin(),
        split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof AllAssigned) {
      lag.allAssigned();
    } else {
      super.handleSourceEvents(event);
    }
  }
}
