package io.medallion.job.source;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The connector's reader, which also tells {@link ConsumerLag} and {@link AssignedSplits} how far
 * each poll got, as soon as the subtask's thread is through with the poll's records.
 */
@SuppressWarnings("try") // The connector's close() may throw InterruptedException.
final class EventHubSplitReader extends KafkaPartitionSplitReader implements ConsumerLag.Polls {

  private final ObservedConsumer consumer;
  private final ConsumerLag lag;
  private final AssignedSplits assigned;
  private long polls;
  private volatile long running;

  EventHubSplitReader(
      Properties properties,
      SourceReaderContext context,
      ObservedConsumer consumer,
      ConsumerLag lag,
      AssignedSplits assigned) {
    super(properties, context, consumer);
    this.consumer = consumer;
    this.lag = lag;
    this.assigned = assigned;
    lag.follow(this);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    polls++;
    running = polls;
    try {
      RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = super.fetch();
      return new Polled(records, polls, consumer.endReached(), consumer.positions());
    } finally {
      running = 0;
    }
  }

  @Override
  public long running() {
    return running;
  }

  @Override
  public double answers() {
    return consumer.answers();
  }

  /**
   * A consumer that the connector wakes just after its poll has ended is woken out of what it does
   * next. In a poll the connector knows what to do then, but not here.
   */
  @Override
  public void notifyCheckpointComplete(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    try {
      super.notifyCheckpointComplete(offsets, callback);
    } catch (WakeupException wokenTooLate) {
      super.notifyCheckpointComplete(offsets, callback);
    }
  }

  private final class Polled implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {

    private final RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records;
    private final long poll;
    private final Map<Integer, Long> endReached;
    private final Map<Integer, Long> positions;

    Polled(
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records,
        long poll,
        Map<Integer, Long> endReached,
        Map<Integer, Long> positions) {
      this.records = records;
      this.poll = poll;
      this.endReached = endReached;
      this.positions = positions;
    }

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
      lag.polled(poll, endReached);
      assigned.polled(positions);
    }
  }
}
