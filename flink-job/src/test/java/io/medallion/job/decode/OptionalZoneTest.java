package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of a pattern that may tell an offset, in the body and in a header. */
class OptionalZoneTest {

  private static final long ENQUEUED = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

  private final EventRecord record = new EventRecord();
  private final RecordDecoder decoder =
      RecordDecoder.of(
          Rules.of(
              ContractReader.read(
                  "c.yaml",
                  """
                  contract: c
                  version: 1
                  event:
                    key: {column: device, from: [record key]}
                    time: {from: [field ts, header sent], format: 'pattern yyyy-MM-dd HH:mm[XXX]', timeZone: '+01:00'}
                  fields: {x: {type: double}}
                  gold: {all: {columns: {events: count()}}}
                  """)));

  private void decode(String body, String header) {
    record.headerNames = new String[] {"sent"};
    record.headerValues = new byte[][] {header == null ? null : header.getBytes(UTF_8)};
    record.body = body.getBytes(UTF_8);
    record.enqueuedTime = ENQUEUED;
    decoder.decode(record, ENQUEUED, event -> {});
  }

  @ParameterizedTest
  @CsvSource({"2026-11-25 13:00, 12:00", "2026-11-25 13:00+02:00, 11:00"})
  void aTimeHasItsOwnOffsetOrTheDeclaredZone(String text, String utc) {
    Instant expected = Instant.parse("2026-11-25T" + utc + ":00Z");

    decode("{\"ts\": \"%s\"}".formatted(text), null);
    assertThat(Instant.ofEpochMilli(record.eventTime)).isEqualTo(expected);
    decode("{}", text);
    assertThat(Instant.ofEpochMilli(record.eventTime)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-25 13:00+99:00", "2026-11-25 25:00", "2026-11-31 13:00", "x", "+"})
  void anythingElseIsNoTime(String text) {
    decode("{\"ts\": \"%s\"}".formatted(text), null);
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_EVENT_TIME);
    decode("{}", text);
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_EVENT_TIME);
  }
}
