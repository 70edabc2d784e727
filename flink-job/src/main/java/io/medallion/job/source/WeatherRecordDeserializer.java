package io.medallion.job.source;

import io.medallion.job.decode.EventDecoder;
import io.medallion.job.decode.TextCache;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * Turns a Kafka record into a {@link WeatherRecord}, decoded and judged, so that its event time and
 * whether it is valid are known where watermarks are made.
 *
 * <p>Emits exactly one record for each it is given, always the same instance, and never throws.
 */
public final class WeatherRecordDeserializer
    implements KafkaRecordDeserializationSchema<WeatherRecord> {

  private static final long serialVersionUID = 1L;

  /** The station of events that tell none, neither in a field nor by the record's key. */
  public static final Text UNKNOWN_STATION = new Text("unknown");

  private final EventDecoder.Factory decoders;
  private final long futureTolerance;

  private transient EventDecoder decoder;
  private transient TextCache keys;
  private transient WeatherRecord record;
  private transient EventMetrics metrics;

  /**
   * @param futureTolerance milliseconds that an event time may be ahead of the arrival
   */
  public WeatherRecordDeserializer(EventDecoder.Factory decoders, long futureTolerance) {
    this.decoders = decoders;
    this.futureTolerance = futureTolerance;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = decoders.create();
    keys = new TextCache();
    record = new WeatherRecord();
    metrics = new EventMetrics(context.getMetricGroup());
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> input, Collector<WeatherRecord> out) {
    readLineage(input);
    decoder.decode(input.value(), record);
    if (record.isValid()) {
      completeStation();
      completeEventTime(input);
    }
    metrics.count(record);
    out.collect(record);
  }

  @Override
  public TypeInformation<WeatherRecord> getProducedType() {
    return TypeInformation.of(WeatherRecord.class);
  }

  private void readLineage(ConsumerRecord<byte[], byte[]> input) {
    if (record.eventHub == null || !record.eventHub.value.equals(input.topic())) {
      record.eventHub = new Text(input.topic());
    }
    record.partition = input.partition();
    record.offset = input.offset();
    record.enqueuedTime = input.timestamp();
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

  /** The record's key is the station, as Event Hubs senders partition by it. */
  private void completeStation() {
    if (record.stationId != null) {
      return;
    }
    if (record.key == null || record.key.length == 0) {
      record.stationId = UNKNOWN_STATION;
      return;
    }
    record.stationId = keys.get(record.key, 0, record.key.length);
    if (record.stationId == null) {
      record.reject(
          RejectReason.INVALID_TEXT,
          "the record's key, which stands in for stationId, is no printable text");
    }
  }

  private void completeEventTime(ConsumerRecord<byte[], byte[]> input) {
    if (record.eventTime == WeatherRecord.NO_EVENT_TIME) {
      record.eventTime = input.timestamp();
      if (record.eventTime < 0) {
        record.reject(
            RejectReason.INVALID_EVENT_TIME, "neither the event nor the broker tells a time");
      }
    }
    long ahead = record.eventTime - arrival(input);
    if (ahead > futureTolerance) {
      record.reject(
          RejectReason.FUTURE_EVENT_TIME,
          "%d ms ahead of its arrival, at most %d are tolerated".formatted(ahead, futureTolerance));
    }
  }

  /**
   * When the broker took the record. A timestamp set by the sender proves nothing about that: it
   * counts only as far as the clock here agrees.
   */
  private long arrival(ConsumerRecord<byte[], byte[]> input) {
    return input.timestampType() == TimestampType.LOG_APPEND_TIME
        ? input.timestamp()
        : Math.min(input.timestamp(), record.processedTime);
  }
}
