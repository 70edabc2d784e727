package io.medallion.maintenance.redrive;

import io.medallion.job.config.RedriveConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.source.WeatherRecordDeserializer;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import io.medallion.maintenance.lake.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The events of quarantine, decoded by the code of the job from the bytes as they were sent, with
 * the rules of today.
 *
 * <p>Quarantine does not tell whether the broker or the sender set a timestamp: as the job does for
 * the latter, an event time is compared with it as far as the clock here agrees.
 */
final class QuarantinedEvents {

  private static final List<String> COLUMNS =
      List.of("reason", "body", "eventHub", "partition", "offset", "enqueuedTime", "partitionKey");

  private static final int REASON = 0;
  private static final int BODY = 1;
  private static final int EVENT_HUB = 2;
  private static final int PARTITION = 3;
  private static final int OFFSET = 4;
  private static final int ENQUEUED_TIME = 5;
  private static final int PARTITION_KEY = 6;

  /** What stands in quarantine for what is not UTF-8 in a key. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final byte[] NOT_UTF8 = {(byte) 0xFF};

  private final TableVersion quarantine;
  private final Set<String> reasons;
  private final TimeRange enqueued;
  private final WeatherRecordDeserializer deserializer;

  /**
   * @param reasons codes of {@code RejectReason}; empty for all
   * @param enqueued when the events arrived
   */
  QuarantinedEvents(
      TableVersion quarantine, Set<String> reasons, TimeRange enqueued, RedriveConfig config) {
    this.quarantine = quarantine;
    this.reasons = reasons;
    this.enqueued = enqueued;
    this.deserializer =
        new WeatherRecordDeserializer(EventDecoder::standard, config.futureTolerance().toMillis());
    deserializer.open(new WithoutJob());
  }

  /** What to do with an event. */
  interface Reader {

    /**
     * Takes the next event.
     *
     * @param reason why the event was quarantined
     * @param event with its verdict of today; reused for the next one
     */
    void event(String reason, WeatherRecord event) throws IOException;
  }

  /** Files that may hold events to read. */
  private List<DataFile> files() {
    return quarantine.files().stream()
        .filter(file -> file.mayHold("enqueuedTime", enqueued))
        .toList();
  }

  void forEach(Reader reader) {
    quarantine.read(
        files(),
        COLUMNS,
        row -> {
          if (enqueued.contains(row.bigint(ENQUEUED_TIME))
              && (reasons.isEmpty() || reasons.contains(row.text(REASON)))) {
            decode(row, reader);
          }
        });
  }

  private void decode(RowCursor row, Reader reader) {
    ConsumerRecord<byte[], byte[]> sent =
        new ConsumerRecord<>(
            row.text(EVENT_HUB),
            row.integer(PARTITION),
            row.bigint(OFFSET),
            Math.floorDiv(row.bigint(ENQUEUED_TIME), 1000),
            TimestampType.CREATE_TIME,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            key(row.text(PARTITION_KEY)),
            row.bytes(BODY),
            new RecordHeaders(),
            Optional.empty());
    String reason = row.text(REASON);
    deserializer.deserialize(
        sent,
        new Collector<>() {
          @Override
          public void collect(WeatherRecord event) {
            try {
              reader.event(reason, event);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void close() {}
        });
  }

  /** A key that was no text is still none, though quarantine shows it as one. */
  private static byte[] key(String shown) {
    if (shown == null) {
      return null;
    }
    return shown.indexOf(REPLACEMENT) >= 0 ? NOT_UTF8 : shown.getBytes(StandardCharsets.UTF_8);
  }

  /** Nobody reads the metrics of a decoder outside of a job. */
  private static final class WithoutJob implements DeserializationSchema.InitializationContext {

    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(WithoutJob.class.getClassLoader());
    }
  }
}
