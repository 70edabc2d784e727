package io.medallion.job.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.medallion.contract.Severity;
import io.medallion.job.config.AlarmAction;
import io.medallion.job.config.AlarmConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.EventTimeRule;
import io.medallion.job.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tolerates event times of up to 1000 ms after the arrival. */
class EventRecordDeserializerTest {

  private static final long ENQUEUED = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final String EVENT =
      "{\"temperature\": 20, \"humidity\": 60, \"windSpeed\": 10, \"windDirection\": \"NW\","
          + " \"precipitation\": 0, \"conditions\": \"Sunny\"";

  private final EventRecordDeserializer deserializer =
      deserializer(new AlarmConfig(1, Duration.ofMinutes(1), 1, AlarmAction.LOG));

  private static EventRecordDeserializer deserializer(AlarmConfig alarm) {
    return new EventRecordDeserializer(
        "weather",
        EventDecoder::of,
        Rules.standard()
            .with(new EventTimeRule(Duration.ofSeconds(1), Duration.ofDays(90), Severity.REJECT)),
        alarm);
  }

  @BeforeEach
  void open() {
    open(deserializer);
  }

  private static void open(EventRecordDeserializer opened) {
    opened.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
          }
        });
  }

  @Test
  void keepsWhereTheEventCameFrom() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", "abc".getBytes(UTF_8)).add("empty", null);

    EventRecord record = read("key", EVENT + "}", headers);

    assertThat(record.eventHub.value).isEqualTo("weather");
    assertThat(record.partition).isEqualTo(3);
    assertThat(record.offset).isEqualTo(42);
    assertThat(record.enqueuedTime).isEqualTo(ENQUEUED);
    assertThat(record.processedTime).isPositive();
    assertThat(record.key).isEqualTo("key".getBytes(UTF_8));
    assertThat(record.body).isEqualTo((EVENT + "}").getBytes(UTF_8));
    assertThat(record.headerNames).containsExactly("trace", "empty");
    assertThat(record.headerValues).isDeepEqualTo(new byte[][] {"abc".getBytes(UTF_8), null});
  }

  @Test
  void withoutAStationTheKeyIsTheStation() {
    assertThat(read("key", EVENT + "}").group.value).isEqualTo("key");
    assertThat(read("key", EVENT + ", \"stationId\": \"own\"}").group.value).isEqualTo("own");
    assertThat(read("Köln", EVENT + "}").group.value).isEqualTo("Köln");
  }

  @Test
  void withoutAKeyTheStationIsUnknown() {
    assertThat(read(null, EVENT + "}").group.value).isEqualTo("unknown");
    assertThat(read("", EVENT + "}").group.value).isEqualTo("unknown");
  }

  @Test
  void aKeyThatIsNoTextCannotBeAStation() {
    EventRecord record = readBinaryKey("é".getBytes(ISO_8859_1), EVENT + "}");

    assertThat(record.reason).isEqualTo(RejectReason.INVALID_TEXT);
    assertThat(readBinaryKey("é".getBytes(ISO_8859_1), EVENT + ", \"stationId\": \"a\"}").reason)
        .isNull();
    assertThat(read("a\nb", EVENT + "}").reason).isEqualTo(RejectReason.INVALID_TEXT);
    assertThat(read("x".repeat(257), EVENT + "}").reason).isEqualTo(RejectReason.INVALID_TEXT);
  }

  @Test
  void withoutAnEventTimeTheEnqueuedTimeIsTheEventTime() {
    assertThat(read("a", EVENT + "}").eventTime).isEqualTo(ENQUEUED);
    assertThat(read("a", EVENT + ", \"eventTime\": " + (ENQUEUED - 5) + "}").eventTime)
        .isEqualTo(ENQUEUED - 5);
  }

  @Test
  void anEventFromTheFutureIsRejectedBeyondTheTolerance() {
    assertThat(read("a", EVENT + ", \"eventTime\": " + (ENQUEUED + 1000) + "}").reason).isNull();
    assertThat(read("a", EVENT + ", \"eventTime\": " + (ENQUEUED + 1001) + "}").reason)
        .isEqualTo(RejectReason.FUTURE_EVENT_TIME);
    assertThat(read("a", EVENT + ", \"eventTime\": 9223372036854775807}").reason)
        .isEqualTo(RejectReason.FUTURE_EVENT_TIME);
  }

  @Test
  void aTimestampOfTheSenderDoesNotProveAnArrival() {
    long nextCentury = Instant.parse("2126-01-01T00:00:00Z").toEpochMilli();

    EventRecord record =
        read(
            new ConsumerRecord<>(
                "weather",
                3,
                42,
                nextCentury,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                (EVENT + "}").getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty()));

    assertThat(record.reason).isEqualTo(RejectReason.FUTURE_EVENT_TIME);
  }

  @Test
  void withoutAnyTimeThereIsNoEventTime() {
    ConsumerRecord<byte[], byte[]> old =
        new ConsumerRecord<>("weather", 3, 42, null, (EVENT + "}").getBytes(UTF_8));

    assertThat(read(old).reason).isEqualTo(RejectReason.INVALID_EVENT_TIME);
  }

  @Test
  void aTombstoneIsOneRecordToo() {
    ConsumerRecord<byte[], byte[]> tombstone =
        new ConsumerRecord<>("weather", 3, 42, "a".getBytes(UTF_8), null);

    assertThat(read(tombstone).reason).isEqualTo(RejectReason.NULL_BODY);
    assertThat(read(tombstone).body).isNull();
  }

  @Test
  void tooManyRejectedEventsFailTheJobIfItIsToldTo() {
    EventRecordDeserializer failing =
        deserializer(new AlarmConfig(0.5, Duration.ofMillis(1), 1, AlarmAction.FAIL));
    open(failing);

    await()
        .untilAsserted(
            () ->
                assertThatExceptionOfType(TooManyRejectsException.class)
                    .isThrownBy(
                        () ->
                            failing.deserialize(
                                record(null, "[]", new RecordHeaders()), new IgnoredRecords())));
  }

  private static final class IgnoredRecords implements Collector<EventRecord> {

    @Override
    public void collect(EventRecord record) {}

    @Override
    public void close() {}
  }

  @Test
  void refillsOneRecord() {
    assertThat(read("a", EVENT + "}")).isSameAs(read("b", "{}"));
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[0]);
    read("a", EVENT + "}", headers);
    assertThat(read("a", EVENT + "}").headerNames).isNull();
  }

  private EventRecord read(String key, String body) {
    return read(key, body, new RecordHeaders());
  }

  private EventRecord readBinaryKey(byte[] key, String body) {
    return read(record(key, body, new RecordHeaders()));
  }

  private EventRecord read(String key, String body, Headers headers) {
    return read(record(key == null ? null : key.getBytes(UTF_8), body, headers));
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] key, String body, Headers headers) {
    return new ConsumerRecord<>(
        "weather",
        3,
        42,
        ENQUEUED,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key,
        body.getBytes(UTF_8),
        headers,
        Optional.empty());
  }

  private EventRecord read(ConsumerRecord<byte[], byte[]> input) {
    List<EventRecord> records = new ArrayList<>();
    deserializer.deserialize(
        input,
        new Collector<>() {
          @Override
          public void collect(EventRecord record) {
            records.add(record);
          }

          @Override
          public void close() {}
        });
    assertThat(records).hasSize(1);
    return records.get(0);
  }
}
