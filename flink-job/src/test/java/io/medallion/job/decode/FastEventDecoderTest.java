package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.WeatherEvents;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That it is fast where it should be, and otherwise the same as the strict decoder. */
class FastEventDecoderTest {

  private static final String EXTENDED =
      """
      {"stationId":"st-0042","eventTime":"2027-01-15T08:00:00.000Z","eventId":"8k2mvq0zp",\
      "temperature":-12.3,"humidity":87,"windSpeed":14.5,"windDirection":"NNW",\
      "precipitation":0.4,"conditions":"Heavy Rain"}""";

  /** Everything that can warn does. */
  private static final Rules STANDARD = Rules.standard();

  private static final Rules WARNING =
      Rules.standard()
          .with(
              "temperature",
              STANDARD.contract().field("temperature").orElseThrow().range().orElseThrow(),
              Severity.WARN)
          .with(
              "humidity",
              STANDARD.contract().field("humidity").orElseThrow().range().orElseThrow(),
              Severity.WARN)
          .with(
              "windSpeed",
              STANDARD.contract().field("windSpeed").orElseThrow().range().orElseThrow(),
              Severity.WARN)
          .with(
              "precipitation",
              STANDARD.contract().field("precipitation").orElseThrow().range().orElseThrow(),
              Severity.WARN);

  private final FastEventDecoder fast = new FastEventDecoder(Rules.standard());
  private final EventDecoder strict = new JsonEventDecoder(Rules.standard());
  private final FastEventDecoder fastWarning = new FastEventDecoder(WARNING);
  private final EventDecoder strictWarning = new JsonEventDecoder(WARNING);
  private final EventRecord record = new EventRecord();
  private final EventRecord expected = new EventRecord();

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The seed event of the contract.
        """
        {"temperature": 20, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
        "precipitation": 0, "conditions": "Partly Cloudy"}""",
        // The two formats of the generator.
        """
        {"temperature":0.5,"humidity":100,"windSpeed":0,"windDirection":"E",\
        "precipitation":0,"conditions":"Fog"}""",
        EXTENDED,
        // Epoch milliseconds, an offset, another order, all kinds of white space.
        """
        {
        \t"eventTime": 1800000000000,
          "conditions" : "" ,\r
          "windDirection": "sw", "precipitation": 1999.999, "windSpeed": 270.0,
          "humidity": 0.000000000001, "temperature": -90, "stationId": "Köln"
        }
        """,
        """
        {"windDirection":217.5,"temperature":0.5,"humidity":100,"windSpeed":0,\
        "precipitation":0,"conditions":"Fog"}""",
        """
        {"eventId":"","eventTime":"2026-03-01T12:34:56.123456+02:00","stationId":"ü",\
        "temperature":69.9999999999999,"humidity":60,"windSpeed":10,"windDirection":"S",\
        "precipitation":0.10,"conditions":"雨"}"""
      })
  void ordinaryEventsDoNotNeedTheStrictDecoder(String body) {
    assertThat(fast.tryDecode(body.getBytes(UTF_8), record)).isTrue();
    assertAgreed(body.getBytes(UTF_8));
  }

  @Test
  void ordinaryEventsDoNotNeedTheStrictDecoderHoweverTheyAreSpelled() {
    RandomEvents events = new RandomEvents(1);
    for (int i = 0; i < 40_000; i++) {
      byte[] body = events.ordinary();
      assertThat(fast.tryDecode(body, record)).as(() -> "takes " + text(body)).isTrue();
      assertAgreed(body);
    }
  }

  @Test
  void bothDecodersAgreeOnOddEvents() {
    RandomEvents events = new RandomEvents(2);
    for (int i = 0; i < 40_000; i++) {
      assertAgreed(events.odd());
    }
  }

  @Test
  void bothDecodersAgreeOnImplausibleEventsAndAWarningNeedsNoStrictDecoder() {
    RandomEvents events = new RandomEvents(4);
    int warned = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] body = events.implausible();
      assertAgreed(body);
      fastWarning.decode(body, record);
      assertThat(record.reason).as(() -> text(body)).isNull();
      warned += fastWarning.tryDecode(body, record) && record.isFlagged() ? 1 : 0;
    }
    assertThat(warned).isGreaterThan(15_000);
  }

  @Test
  void bothDecodersAgreeOnDamagedEvents() {
    RandomEvents events = new RandomEvents(3);
    for (int i = 0; i < 70_000; i++) {
      assertAgreed(events.damaged(events.ordinary()));
    }
  }

  @Test
  void bothDecodersAgreeWhereverAnEventIsCut() {
    byte[] body = EXTENDED.getBytes(UTF_8);
    for (int length = 0; length < body.length; length++) {
      assertAgreed(Arrays.copyOf(body, length));
    }
  }

  @Test
  void givesTheSameTextForTheSameBytes() {
    fast.decode(EXTENDED.getBytes(UTF_8), record);
    Text station = record.group;
    Text conditions = record.texts[WeatherEvents.CONDITIONS];
    fast.decode(EXTENDED.getBytes(UTF_8), record);

    assertThat(record.group).isSameAs(station);
    assertThat(record.texts[WeatherEvents.CONDITIONS]).isSameAs(conditions);
  }

  private void assertAgreed(byte[] body) {
    assertAgreed(body, fast, strict);
    assertAgreed(body, fastWarning, strictWarning);
  }

  private void assertAgreed(byte[] body, EventDecoder decoder, EventDecoder judge) {
    decoder.decode(body, record);
    judge.decode(body, expected);

    assertThat(content(record)).as(() -> text(body)).isEqualTo(content(expected));
  }

  private static List<Object> content(EventRecord record) {
    return Arrays.asList(
        record.reason,
        record.detail,
        // Equal but for zeros at the end.
        BitSet.valueOf(record.qualityFlags),
        // As objects, so that 0 and -0 differ.
        record.numbers[WeatherEvents.TEMPERATURE],
        record.numbers[WeatherEvents.HUMIDITY],
        record.numbers[WeatherEvents.WIND_SPEED],
        WeatherEvents.point(record),
        record.numbers[WeatherEvents.WIND_DIRECTION],
        record.numbers[WeatherEvents.PRECIPITATION],
        content(record.texts[WeatherEvents.CONDITIONS]),
        content(record.group),
        record.eventTime,
        record.eventId == null ? null : text(record.eventId),
        record.tellsTime,
        record.latenessMillis);
  }

  private static List<String> content(Text text) {
    return text == null ? null : List.of(text.value, text(text.utf8));
  }

  /** One character a byte, so that any bytes can be compared and shown. */
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
