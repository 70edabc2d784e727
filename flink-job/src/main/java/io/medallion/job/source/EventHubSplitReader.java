package io.medallion.job.source;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The connector's reader, which also tells {@link ConsumerLag} how far each poll got, as soon as
 * the subtask's thread is through with the poll's records.
 */
@SuppressWarnings("try") // The connector's close() may throw InterruptedException.
final class EventHubSplitReader extends KafkaPartitionSplitReader {

  private final ObservedConsumer consumer;
  private final ConsumerLag lag;

  EventHubSplitReader(
      Properties properties,
      SourceReaderContext context,
      ObservedConsumer consumer,
      ConsumerLag lag) {
    super(properties, context, consumer);
    this.consumer = consumer;
    this.lag = lag;
    lag.pollIsEndedBy(this::wakeUp);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    return new Polled(super.fetch(), consumer.endReached(), lag);
  }

  private record Polled(
      RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records,
      Map<Integer, Long> endReached,
      ConsumerLag lag)
      implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {

    @Override
    public String nextSplit() {
      return records.nextSplit();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
      return records.nextRecordFromSplit();
    }

    @Override
    public Set<String> finishedSplits() {
      return records.finishedSplits();
    }

    /** Called when the last record has been handed on. */
    @Override
    public void recycle() {
      records.recycle();
      lag.polled(endReached, System.currentTimeMillis());
    }
  }
}
