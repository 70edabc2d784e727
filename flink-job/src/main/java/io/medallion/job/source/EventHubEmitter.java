package io.medallion.job.source;

import io.medallion.job.event.EventRecord;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands each record on with the offset that was expected in its place. */
record EventHubEmitter(KafkaRecordDeserializationSchema<EventRecord> deserializer)
    implements RecordEmitter<
        ConsumerRecord<byte[], byte[]>, EventRecord, KafkaPartitionSplitState> {

  @Override
  public void emitRecord(
      ConsumerRecord<byte[], byte[]> input,
      SourceOutput<EventRecord> output,
      KafkaPartitionSplitState state)
      throws IOException {
    EventHubSplitState split = (EventHubSplitState) state;
    deserializer.deserialize(input, new Expecting(split, input.timestamp(), output));
    split.read(input.offset());
  }

  private record Expecting(
      EventHubSplitState split, long timestamp, SourceOutput<EventRecord> output)
      implements Collector<EventRecord> {

    @Override
    public void collect(EventRecord record) {
      long expected = split.expectedOffset();
      record.expectedOffset = expected == EventHubSplit.NONE ? record.offset : expected;
      record.expiredBefore = split.expiredBefore();
      record.keyGroup = split.keyGroup();
      output.collect(record, timestamp);
    }

    @Override
    public void close() {}
  }
}
