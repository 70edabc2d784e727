package io.medallion.job.source;

import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubLookup.Range;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.event.EventRecord;
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

/**
 * The connector's source reader, which looks at each position before it reads from there: that it
 * is one of the configured topic, and that the topic has it. The consumer itself never resets a
 * position, so none is lost or read twice without a word.
 */
@SuppressWarnings("try") // The connector's close() may throw InterruptedException.
final class EventHubReader extends KafkaSourceReader<EventRecord> {

  private final SourceConfig eventHub;
  private final ConsumerLag lag;
  private final AssignedSplits assigned;

  EventHubReader(
      FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue,
      KafkaSourceFetcherManager fetchers,
      RecordEmitter<ConsumerRecord<byte[], byte[]>, EventRecord, KafkaPartitionSplitState> emitter,
      Configuration options,
      SourceReaderContext context,
      ObservedConsumer consumer,
      SourceConfig eventHub,
      ConsumerLag lag,
      AssignedSplits assigned) {
    super(queue, fetchers, emitter, options, context, consumer);
    this.eventHub = eventHub;
    this.lag = lag;
    this.assigned = assigned;
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
    PositionCheck check = new PositionCheck(eventHub);
    try (EventHubLookup hub = eventHub.lookup()) {
      Map<Integer, Range> ranges = hub.ranges(positioned);
      super.addSplits(
          splits.stream()
              .map(
                  split ->
                      split.getStartingOffset() < 0
                          ? split
                          : check.checked(
                              EventHubSplit.of(split), ranges.get(split.getPartition())))
              .toList());
    }
  }

  @Override
  protected EventHubSplitState initializedState(KafkaPartitionSplit split) {
    return assigned.add(EventHubSplit.of(split));
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
