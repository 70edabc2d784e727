package io.medallion.job.source;

import io.medallion.job.config.AlarmConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.Rules;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * Turns a Kafka record into a {@link EventRecord}, decoded and judged, so that its event time and
 * whether it is valid are known where watermarks are made.
 *
 * <p>Emits the events of each record in their order, at least one, always the same instance, and
 * throws for none: only if too many are rejected and the configuration says to fail then.
 */
public final class EventRecordDeserializer
    implements KafkaRecordDeserializationSchema<EventRecord> {

  private static final long serialVersionUID = 1L;

  private final String eventHub;
  private final EventDecoder.Factory decoders;
  private final Rules rules;
  private final AlarmConfig alarm;

  private transient RecordDecoder decoder;
  private transient EventRecord record;
  private transient EventMetrics metrics;

  /**
   * @param eventHub the name that the lake has for the Event Hub
   */
  public EventRecordDeserializer(
      String eventHub, EventDecoder.Factory decoders, Rules rules, AlarmConfig alarm) {
    this.eventHub = eventHub;
    this.decoders = decoders;
    this.rules = rules;
    this.alarm = alarm;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new RecordDecoder(decoders.create(rules), rules);
    record = new EventRecord();
    record.eventHub = new Text(eventHub);
    metrics = new EventMetrics(context.getMetricGroup(), rules.contract(), alarm, subtask(context));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> input, Collector<EventRecord> out) {
    readLineage(input);
    decoder.decode(
        record,
        record.processedTime,
        event -> {
          metrics.count(event);
          out.collect(event);
        });
  }

  private static String subtask(DeserializationSchema.InitializationContext context) {
    return "source subtask "
        + context.getMetricGroup().getAllVariables().getOrDefault("<subtask_index>", "?");
  }

  @Override
  public TypeInformation<EventRecord> getProducedType() {
    return TypeInformation.of(EventRecord.class);
  }

  private void readLineage(ConsumerRecord<byte[], byte[]> input) {
    record.partition = input.partition();
    record.offset = input.offset();
    record.enqueuedTime = input.timestamp();
    record.timeIsSenders = input.timestampType() != TimestampType.LOG_APPEND_TIME;
    record.processedTime = System.currentTimeMillis();
    record.key = input.key();
    record.body = input.value();
    readHeaders(input.headers().toArray());
  }

  private void readHeaders(Header[] headers) {
    if (headers.length == 0) {
      record.headerNames = null;
      record.headerValues = null;
      return;
    }
    record.headerNames = new String[headers.length];
    record.headerValues = new byte[headers.length][];
    for (int i = 0; i < headers.length; i++) {
      record.headerNames[i] = headers[i].key();
      record.headerValues[i] = headers[i].value();
    }
  }
}
