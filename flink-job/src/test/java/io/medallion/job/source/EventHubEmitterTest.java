package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventRecord;
import io.medallion.job.testing.WeatherEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventHubEmitterTest {

  private static final TopicPartition PARTITION = new TopicPartition("weather", 3);

  private final EventHubEmitter emitter = new EventHubEmitter(new Offsets());
  private final Output output = new Output();

  @Test
  void eachRecordIsExpectedAfterTheOneBefore() throws IOException {
    EventHubSplitState state = new EventHubSplitState(split(5, 5, EventHubSplit.NONE));

    emit(state, 5, 6, 9);

    assertThat(output.said).containsExactly("5", "6", "9 for 7");
    assertThat(state.toKafkaPartitionSplit().getStartingOffset()).isEqualTo(10);
    assertThat(state.toKafkaPartitionSplit().expectedOffset()).isEqualTo(10);
  }

  @Test
  void whatExpiredBeforeTheFirstIsSaidWithIt() throws IOException {
    EventHubSplitState state = new EventHubSplitState(split(8, 5, 8));
    assertThat(state.toKafkaPartitionSplit())
        .as("it stays in the state until then")
        .usingRecursiveComparison()
        .isEqualTo(split(8, 5, 8));

    emit(state, 10);

    assertThat(output.said).containsExactly("10 for 5, expired before 8");
  }

  @Test
  void theFirstOneOfAllIsAsExpected() throws IOException {
    EventHubSplitState state =
        new EventHubSplitState(
            split(KafkaPartitionSplit.EARLIEST_OFFSET, EventHubSplit.NONE, EventHubSplit.NONE));

    emit(state, 7);

    assertThat(output.said).containsExactly("7");
  }

  @Test
  void whatHadNoRecordForTheConsumerHasBeenReadAndIsAGapBeforeTheNextRecord() throws IOException {
    AssignedSplits assigned = new AssignedSplits();
    EventHubSplitState state = assigned.add(split(5, 5, EventHubSplit.NONE));

    assigned.polled(Map.of(3, 8L));
    assertThat(state.toKafkaPartitionSplit())
        .usingRecursiveComparison()
        .isEqualTo(split(8, 5, EventHubSplit.NONE));
    emit(state, 9);

    assertThat(output.said).containsExactly("9 for 5");
  }

  @Test
  void whereReadingBeganARecordIsExpectedFromTheFirstPollOn() throws IOException {
    AssignedSplits assigned = new AssignedSplits();
    EventHubSplitState state =
        assigned.add(
            split(KafkaPartitionSplit.EARLIEST_OFFSET, EventHubSplit.NONE, EventHubSplit.NONE));

    assigned.polled(Map.of(3, 8L));

    assertThat(state.toKafkaPartitionSplit())
        .usingRecursiveComparison()
        .isEqualTo(split(8, 8, EventHubSplit.NONE));
  }

  private void emit(EventHubSplitState state, long... offsets) throws IOException {
    for (long offset : offsets) {
      emitter.emitRecord(new ConsumerRecord<>("weather", 3, offset, null, null), output, state);
    }
  }

  private static EventHubSplit split(long position, long expected, long expiredBefore) {
    return new EventHubSplit(
        PARTITION, position, KafkaPartitionSplit.NO_STOPPING_OFFSET, expected, expiredBefore, 7);
  }

  private static final class Offsets implements KafkaRecordDeserializationSchema<EventRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> input, Collector<EventRecord> out) {
      EventRecord record = WeatherEvents.event(input.partition(), "a", 1);
      record.offset = input.offset();
      out.collect(record);
    }

    @Override
    public TypeInformation<EventRecord> getProducedType() {
      return TypeInformation.of(EventRecord.class);
    }
  }

  private static final class Output implements SourceOutput<EventRecord> {

    private final List<String> said = new ArrayList<>();

    @Override
    public void collect(EventRecord record, long timestamp) {
      said.add(
          record.offset
              + (record.expectedOffset == record.offset ? "" : " for " + record.expectedOffset)
              + (record.expiredBefore <= record.expectedOffset
                  ? ""
                  : ", expired before " + record.expiredBefore));
    }

    @Override
    public void collect(EventRecord record) {
      throw new UnsupportedOperationException("without the record's timestamp");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException();
    }
  }
}
