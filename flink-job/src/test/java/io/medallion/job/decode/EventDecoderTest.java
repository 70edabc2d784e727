package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.WeatherEvents;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, held against each decoder. */
@ParameterizedClass
@MethodSource("decoders")
class EventDecoderTest {

  private static final String SEED =
      """
      {"temperature": 20, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
      "precipitation": 0, "conditions": "Partly Cloudy"}""";

  private final EventDecoder decoder;
  private final EventRecord record = new EventRecord();

  EventDecoderTest(EventDecoder decoder) {
    this.decoder = decoder;
  }

  static Stream<Named<EventDecoder>> decoders() {
    return Stream.of(
        named("the strict one", new JsonEventDecoder(Rules.standard())),
        named("the job's", EventDecoder.standard()));
  }

  /** A blank id would make copies of all events that have it. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\u0020\\u0020", "\\u2003"})
  void aBlankEventIdIsNone(String id) {
    decode(with("\"eventId\": \"" + id + "\""));

    assertThat(record.isValid()).isTrue();
    assertThat(record.eventId).isNull();
  }

  @Test
  void takesTheSeedEventAsItStands() {
    decode(SEED);

    assertThat(record.reason).isNull();
    assertThat(record.detail).isNull();
    assertThat(record.numbers[WeatherEvents.TEMPERATURE]).isEqualTo(20);
    assertThat(record.numbers[WeatherEvents.HUMIDITY]).isEqualTo(60);
    assertThat(record.numbers[WeatherEvents.WIND_SPEED]).isEqualTo(10);
    assertThat(WeatherEvents.point(record)).isEqualTo(CompassPoint.NW);
    assertThat(record.numbers[WeatherEvents.PRECIPITATION]).isZero();
    assertThat(record.texts[WeatherEvents.CONDITIONS].value).isEqualTo("Partly Cloudy");
    assertThat(record.group).isNull();
    assertThat(record.eventTime).isEqualTo(EventRecord.NO_EVENT_TIME);
    assertThat(record.eventId).isNull();
  }

  @Test
  void takesTheOptionalFields() {
    decode(
        with(
            "\"stationId\": \"st-1\", \"eventTime\": \"2026-03-01T12:00:00.25Z\", \"eventId\": \"é1\""));

    assertThat(record.reason).isNull();
    assertThat(record.group.value).isEqualTo("st-1");
    assertThat(record.group.utf8).isEqualTo("st-1".getBytes(UTF_8));
    assertThat(record.eventTime)
        .isEqualTo(Instant.parse("2026-03-01T12:00:00.250Z").toEpochMilli());
    assertThat(record.eventId).isEqualTo("é1".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "-12.5, -12.5",
    "0.1, 0.1",
    "-0, 0",
    "0, 0",
    "2e1, 20",
    "2.5E-1, 0.25",
    "69.999999999999999, 70",
    "-89.9999, -89.9999",
    "21.3000000000000000000001, 21.3",
    "12.345678901234567, 12.345678901234567",
    "1E0, 1",
    "-90, -90",
    "70, 70",
    "0.30000000000000004, 0.30000000000000004"
  })
  void readsNumbersToTheLastDigit(String literal, double value) {
    decode(SEED.replace("\"temperature\": 20", "\"temperature\": " + literal));

    assertThat(record.reason).isNull();
    assertThat(record.numbers[WeatherEvents.TEMPERATURE] + 0.0).isEqualTo(value);
  }

  @Test
  void readsRandomDecimalsAsJavaDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String literal = randomDecimal(random);
      decode(SEED.replace("\"temperature\": 20", "\"temperature\": " + literal));
      assertThat(record.numbers[WeatherEvents.TEMPERATURE])
          .as(literal)
          .isEqualTo(Double.parseDouble(literal));
    }
  }

  private static String randomDecimal(Random random) {
    StringBuilder literal = new StringBuilder(random.nextBoolean() ? "-" : "");
    literal.append(random.nextInt(70)).append('.');
    int digits = 1 + random.nextInt(18);
    for (int i = 0; i < digits; i++) {
      literal.append((char) ('0' + random.nextInt(10)));
    }
    return literal.toString();
  }

  @ParameterizedTest
  @EnumSource
  void takesEveryCompassPointInAnyCase(CompassPoint point) {
    decode(SEED.replace("NW", point.name().toLowerCase(java.util.Locale.ROOT)));

    assertThat(WeatherEvents.point(record)).isEqualTo(point);
    assertThat(record.numbers[WeatherEvents.WIND_DIRECTION]).isEqualTo(point.degrees());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, N",
    "11.24, 11.24, N",
    "11.25, 11.25, NNE",
    "217, 217, SW",
    "2.17e2, 217, SW",
    "348.75, 348.75, N",
    "359.999, 359.999, N",
    "360, 360, N"
  })
  void takesTheWindDirectionInDegreesToo(String literal, double degrees, CompassPoint point) {
    decode(SEED.replace("\"NW\"", literal));

    assertThat(record.reason).isNull();
    assertThat(record.numbers[WeatherEvents.WIND_DIRECTION]).isEqualTo(degrees);
    assertThat(WeatherEvents.point(record)).isEqualTo(point);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\": null",
        "\"x\": 1e400",
        "\"x\": NaN",
        "\"x\": [-Infinity, {\"a\": Infinity}]",
        "\"x\": [1, {\"a\": []}, \"\\ud800\"]",
        "\"\": true",
        "\"x\": {\"a\": {\"b\": 1}, \"c\": [{}]}",
        "\"temperature \": 5",
        "\"é\": \"ü\"",
        "\"stationId\": null",
        "\"eventTime\": null, \"eventId\": null"
      })
  void passesOverWhatItDoesNotKnow(String extra) {
    decode(with(extra));

    assertThat(record.reason).isNull();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badEvents")
  void givesEveryBadEventItsReason(RejectReason reason, String name, byte[] body) {
    decoder.decode(body, record);

    assertThat(record.reason).isEqualTo(reason);
    assertThat(record.detail).isNotEmpty().hasSizeLessThan(200).matches("[ -~°]*");
  }

  static Stream<Arguments> badEvents() {
    return Stream.of(
        bad(RejectReason.NULL_BODY, (byte[]) null),
        bad(RejectReason.EMPTY_BODY, ""),
        bad(RejectReason.EMPTY_BODY, " \n\t"),
        bad(RejectReason.BODY_TOO_LARGE, with("\"x\": \"" + "a".repeat(1 << 20) + "\"")),
        bad(RejectReason.INVALID_UTF8, with("\"x\": \"é\"").getBytes(ISO_8859_1)),
        bad(RejectReason.INVALID_UTF8, (char) 0xFEFF + SEED),
        bad(RejectReason.INVALID_UTF8, encoded(UTF_16)),
        bad(RejectReason.INVALID_UTF8, encoded(UTF_16LE)),
        bad(RejectReason.INVALID_UTF8, encoded(UTF_16BE)),
        bad(RejectReason.INVALID_UTF8, encoded(Charset.forName("UTF-32BE"))),
        bad(RejectReason.INVALID_UTF8, encoded(Charset.forName("UTF-32LE"))),
        bad(RejectReason.INVALID_UTF8, inConditions(0xC0, 0xAF)),
        bad(RejectReason.INVALID_UTF8, inConditions(0xED, 0xA0, 0x80)),
        bad(RejectReason.INVALID_UTF8, inConditions(0xF4, 0x90, 0x80, 0x80)),
        bad(RejectReason.INVALID_UTF8, inConditions(0xE2, 0x82)),
        bad(RejectReason.INVALID_JSON, "not json"),
        bad(RejectReason.INVALID_JSON, SEED.substring(0, SEED.length() - 1)),
        bad(RejectReason.INVALID_JSON, SEED.substring(0, 20)),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "nan")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "-NaN")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "-INF")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "+Infinity")),
        bad(RejectReason.INVALID_JSON, with("\"x\": [+INF]")),
        bad(RejectReason.INVALID_JSON, with("\"x\": NaN1")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "020")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "+20")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", ".5")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "5.")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "0x14")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "20abc")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "")),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "1" + "0".repeat(1001))),
        bad(RejectReason.INVALID_JSON, SEED.replace('"', '\'')),
        bad(RejectReason.INVALID_JSON, SEED.replace("}", ",}")),
        bad(RejectReason.INVALID_JSON, SEED.replace(",", ",,")),
        bad(RejectReason.INVALID_JSON, SEED.replace("}", "]")),
        bad(RejectReason.INVALID_JSON, SEED.replace("{", "{/* comment */")),
        bad(RejectReason.INVALID_JSON, SEED.replace("Partly ", "Partly\n")),
        bad(RejectReason.INVALID_JSON, SEED.replace("Partly ", "\\x")),
        bad(RejectReason.INVALID_JSON, SEED.replace("NW", "\u0000N")),
        bad(RejectReason.INVALID_JSON, "[".repeat(100_000)),
        bad(RejectReason.INVALID_JSON, with("\"x\": " + "[".repeat(10_000) + "]".repeat(10_000))),
        bad(RejectReason.INVALID_JSON, with("\"" + "n".repeat(1000) + "\": 1")),
        bad(RejectReason.INVALID_JSON, "\"unfinished"),
        bad(RejectReason.INVALID_JSON, "[1, 2"),
        bad(RejectReason.INVALID_JSON, SEED.replace("20", "\"20\"").replace("}", "")),
        bad(RejectReason.INVALID_JSON, "\u0007".repeat(300)),
        bad(RejectReason.TRAILING_DATA, SEED + SEED),
        bad(RejectReason.TRAILING_DATA, SEED + "x"),
        bad(RejectReason.TRAILING_DATA, SEED + "}"),
        bad(RejectReason.TRAILING_DATA, SEED + "\u0000"),
        bad(RejectReason.TRAILING_DATA, "null null"),
        bad(RejectReason.TRAILING_DATA, "[] []"),
        bad(RejectReason.NOT_AN_OBJECT, "[" + SEED + "]"),
        bad(RejectReason.NOT_AN_OBJECT, "null"),
        bad(RejectReason.NOT_AN_OBJECT, "42"),
        bad(RejectReason.NOT_AN_OBJECT, "true"),
        bad(RejectReason.NOT_AN_OBJECT, "\"text\""),
        bad(RejectReason.DUPLICATE_KEY, with("\"temperature\": 20")),
        bad(RejectReason.DUPLICATE_KEY, with("\"temper\\u0061ture\": 20")),
        bad(RejectReason.DUPLICATE_KEY, with("\"x\": 1, \"x\": 1")),
        bad(RejectReason.DUPLICATE_KEY, with("\"x\": [{\"a\": 1, \"a\": 2}]")),
        bad(RejectReason.DUPLICATE_KEY, with("\"x\": {\"a\": {\"b\": 1, \"b\": 2}}")),
        bad(RejectReason.DUPLICATE_KEY, SEED.replace("20", "[{\"a\": 1, \"a\": 2}]")),
        bad(RejectReason.DUPLICATE_KEY, "{\"x\": 1, \"x\": 1}"),
        bad(RejectReason.MISSING_FIELD, "{}"),
        bad(RejectReason.MISSING_FIELD, SEED.replace("humidity", "Humidity")),
        bad(RejectReason.MISSING_FIELD, "{\"temperature\": null}"),
        bad(RejectReason.NULL_FIELD, SEED.replace("20", "null")),
        bad(RejectReason.NULL_FIELD, SEED.replace("\"NW\"", "null")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "\"20\"")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "true")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "[20]")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "{\"value\": 20}")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("\"Partly Cloudy\"", "7")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("\"NW\"", "true")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "NaN")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "Infinity")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("20", "-Infinity")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("\"NW\"", "NaN")),
        bad(RejectReason.WRONG_TYPE, SEED.replace("\"Partly Cloudy\"", "NaN")),
        bad(RejectReason.WRONG_TYPE, with("\"stationId\": NaN")),
        bad(RejectReason.WRONG_TYPE, with("\"eventId\": Infinity")),
        bad(RejectReason.WRONG_TYPE, with("\"stationId\": 1")),
        bad(RejectReason.WRONG_TYPE, with("\"eventId\": {}")),
        bad(RejectReason.WRONG_TYPE, with("\"eventTime\": false")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("NW", "North")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("NW", "")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("NW", "315")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("\"NW\"", "360.01")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("\"NW\"", "-1")),
        bad(RejectReason.UNKNOWN_WIND_DIRECTION, SEED.replace("\"NW\"", "1e400")),
        bad(
            RejectReason.UNKNOWN_WIND_DIRECTION,
            SEED.replace("NW", "\\u0000<script>" + "x".repeat(999))),
        bad(RejectReason.INVALID_TEXT, SEED.replace("Partly", "\\ud800")),
        bad(RejectReason.INVALID_TEXT, SEED.replace("Partly", "\\udc00\\ud800")),
        bad(RejectReason.INVALID_TEXT, SEED.replace("Partly", "\\u0000")),
        bad(RejectReason.INVALID_TEXT, SEED.replace("Partly", "\u0085")),
        bad(RejectReason.INVALID_TEXT, SEED.replace("Partly", "x".repeat(257))),
        bad(RejectReason.INVALID_TEXT, with("\"stationId\": \"\"")),
        bad(RejectReason.INVALID_TEXT, with("\"stationId\": \"a\\tb\"")),
        bad(RejectReason.INVALID_TEXT, with("\"eventId\": \"\\ud83d\"")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("20", "70.01")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("20", "-90.01")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("20", "1e400")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("20", "1" + "0".repeat(999))),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("60", "100.5")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("60", "-1")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("10", "-0.1")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("10", "271")),
        bad(RejectReason.OUT_OF_RANGE, SEED.replace("precipitation\": 0", "precipitation\": 2001")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": \"yesterday\"")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": \"2026-02-29T00:00:00Z\"")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": \"1969-12-31T23:59:59.999Z\"")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": -1")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": NaN")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": 1.5")),
        bad(RejectReason.INVALID_EVENT_TIME, with("\"eventTime\": 99999999999999999999")));
  }

  @Test
  void takesTextsUpToTheLimitAndBeyondTheBasicPlane() {
    String conditions = "\uD83C\uDF26".repeat(128);

    decode(SEED.replace("Partly Cloudy", conditions));

    assertThat(record.reason).isNull();
    assertThat(record.texts[WeatherEvents.CONDITIONS].value).isEqualTo(conditions);
    assertThat(record.texts[WeatherEvents.CONDITIONS].utf8).isEqualTo(conditions.getBytes(UTF_8));
  }

  @Test
  void forgetsTheEventBefore() {
    decode(with("\"stationId\": \"a\", \"eventId\": \"1\", \"eventTime\": 1"));
    decode("{\"temperature\": \"x\"}");
    decode(SEED);

    assertThat(record.reason).isNull();
    assertThat(record.group).isNull();
    assertThat(record.eventId).isNull();
    assertThat(record.eventTime).isEqualTo(EventRecord.NO_EVENT_TIME);
  }

  @Test
  void neverThrowsOnDamagedEventsAndTakesTheNextGoodOne() {
    Random random = new Random(42);
    byte[] seed = with("\"x\": {\"a\": [1, \"é\"]}, \"eventTime\": 5").getBytes(UTF_8);
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
      for (int hits = random.nextInt(4); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      decoder.decode(damaged, record);
    }
    decode(SEED);

    assertThat(record.reason).isNull();
  }

  private void decode(String body) {
    decoder.decode(body.getBytes(UTF_8), record);
  }

  /** The seed event with more fields behind its own. */
  private static String with(String fields) {
    return SEED.substring(0, SEED.length() - 1) + ", " + fields + "}";
  }

  private static byte[] encoded(Charset charset) {
    return SEED.getBytes(charset);
  }

  /** The seed event with these bytes for its conditions. */
  private static byte[] inConditions(int... bytes) {
    StringBuilder latin1 = new StringBuilder();
    for (int b : bytes) {
      latin1.append((char) b);
    }
    return SEED.replace("Partly Cloudy", latin1).getBytes(ISO_8859_1);
  }

  private static Arguments bad(RejectReason reason, String body) {
    return bad(reason, body.getBytes(UTF_8));
  }

  private static Arguments bad(RejectReason reason, byte[] body) {
    String name = body == null ? "null" : SafeText.quote(new String(body, ISO_8859_1));
    return arguments(reason, name, body);
  }
}
