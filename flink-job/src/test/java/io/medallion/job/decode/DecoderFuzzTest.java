package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.HostileBodies;
import io.medallion.job.testing.HostileBodies.HostileBody;
import io.medallion.job.testing.WeatherEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, the decoders don't throw, and accept exactly what {@link ReferenceReader}
 * accepts, with the same values. Seeded: a failure names the bytes and comes again.
 */
class DecoderFuzzTest {

  private static final int DEPTH = 64;

  private final EventDecoder job = EventDecoder.standard();
  private final EventDecoder strict = new JsonEventDecoder(Rules.standard());
  private final EventRecord record = new EventRecord();
  private int accepted;
  private int read;

  @Test
  void ordinaryEventsAreRead() {
    RandomEvents events = new RandomEvents(21);
    for (int i = 0; i < 20_000; i++) {
      check(events.ordinary());
    }
    assertThat(accepted).isEqualTo(read);
  }

  @Test
  void oddEventsAreReadOnlyIfTheReferenceReadsThem() {
    RandomEvents events = new RandomEvents(22);
    for (int i = 0; i < 40_000; i++) {
      check(events.odd());
    }
    assertBothHappen();
  }

  @Test
  void damagedEventsAreReadOnlyIfTheReferenceReadsThem() {
    RandomEvents events = new RandomEvents(23);
    for (int i = 0; i < 60_000; i++) {
      check(events.damaged(i % 2 == 0 ? events.ordinary() : events.odd()));
    }
    assertBothHappen();
  }

  @Test
  void bytesWithoutAnyPlanAreNeverAnEvent() {
    Random random = new Random(24);
    for (int i = 0; i < 40_000; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      check(body);
    }
    assertThat(accepted).isZero();
  }

  @Test
  void jsonWithoutAnyPlanIsReadOnlyIfTheReferenceReadsIt() {
    Random random = new Random(25);
    for (int i = 0; i < 20_000; i++) {
      String event = HostileBodies.EVENT;
      check(
          (event.substring(0, event.length() - 1) + ", \"x\": " + json(random, 0) + "}")
              .getBytes(UTF_8));
      check(json(random, 0).getBytes(UTF_8));
    }
    assertBothHappen();
  }

  @Test
  void theReferenceAcceptsNoHostileBodyEither() {
    for (HostileBody hostile : HostileBodies.all()) {
      // What a body alone does not tell.
      boolean byArrival =
          hostile.reason() == RejectReason.FUTURE_EVENT_TIME
              || hostile.reason() == RejectReason.PAST_EVENT_TIME;
      if (hostile.body() != null && !byArrival) {
        check(hostile.body());
      }
    }
    assertThat(accepted).isZero();
  }

  /** Some JSON, mostly well-formed; nested at most as deep as an event may be. */
  private static String json(Random random, int depth) {
    String value =
        switch (random.nextInt(depth < DEPTH / 2 ? 10 : 6)) {
          case 0 -> "null";
          case 1 -> random.nextBoolean() ? "true" : "false";
          case 2 -> Long.toString(random.nextLong());
          case 3 -> Double.toString(random.nextGaussian() * 1e9);
          case 4 -> "\"" + (char) ('!' + random.nextInt(600)) + "\"";
          case 5 -> "\"\\u%04x\"".formatted(random.nextInt(0x10000));
          case 6, 7 -> "[" + json(random, depth + 1) + ", " + json(random, depth + 1) + "]";
          default ->
              "{\"a%d\": %s, \"a%d\": %s}"
                  .formatted(
                      random.nextInt(9),
                      json(random, depth + 1),
                      random.nextInt(9),
                      json(random, depth + 1));
        };
    return random.nextInt(40) == 0 ? value.substring(1) : value;
  }

  private void check(byte[] body) {
    Optional<Map<String, Object>> expected = ReferenceReader.read(body);
    read++;
    accepted += expected.isPresent() ? 1 : 0;
    for (EventDecoder decoder : List.of(job, strict)) {
      decoder.decode(body, record);
      assertThat(record.isValid())
          .as(() -> record.detail + ": " + new String(body, ISO_8859_1))
          .isEqualTo(expected.isPresent());
      expected.ifPresent(
          event ->
              assertThat(values())
                  .as(() -> new String(body, ISO_8859_1))
                  .containsExactlyInAnyOrderEntriesOf(withoutSignOfZero(event)));
    }
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("temperature", record.numbers[WeatherEvents.TEMPERATURE]);
    values.put("humidity", record.numbers[WeatherEvents.HUMIDITY]);
    values.put("windSpeed", record.numbers[WeatherEvents.WIND_SPEED]);
    values.put("precipitation", record.numbers[WeatherEvents.PRECIPITATION]);
    values.put("windDirection", record.numbers[WeatherEvents.WIND_DIRECTION]);
    values.put("conditions", record.texts[WeatherEvents.CONDITIONS].value);
    if (record.group != null) {
      values.put("stationId", record.group.value);
    }
    if (record.eventId != null) {
      values.put("eventId", new String(record.eventId, UTF_8));
    }
    if (record.eventTime != EventRecord.NO_EVENT_TIME) {
      values.put("eventTime", record.eventTime);
    }
    return withoutSignOfZero(values);
  }

  /** A whole −0 is 0 to one parser and −0 to another. */
  private static Map<String, Object> withoutSignOfZero(Map<String, Object> values) {
    Map<String, Object> unsigned = new HashMap<>(values);
    unsigned.replaceAll((name, value) -> value instanceof Double number ? number + 0.0 : value);
    return unsigned;
  }

  private void assertBothHappen() {
    assertThat(accepted).isBetween(read / 50, read - read / 50);
  }
}
