package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.rules.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of contracts other than the weather's. */
class ContractDecodingTest {

  private static final Contract CONTRACT =
      ContractReader.read(
          "devices.yaml",
          """
          contract: devices
          version: 1
          event:
            tolerate: [byte order mark, nuls, gzip]
            key:
              column: deviceId
              from: [field deviceId, header iothub-connection-device-id, record key]
              acceptNumber: true
            time: {from: [field ts, header created, enqueued time], format: iso or epoch s, timeZone: '+01:00'}
            id: {from: [field messageId, header id], acceptNumber: true}
          fields:
            temp: {type: double, from: [/main/temp, t], required: true, scale: 2, offset: -1, range: [-50, 50], severity: warn, limits: [-100, 100]}
            volts: {type: double, from: [volts, v], acceptText: true, onInvalid: null}
            count: {type: long}
            on: {type: boolean, acceptText: true}
            kind: {type: string, values: [CO2, TEMP], maxLength: 8}
            note: {type: string, maxLength: 5, onInvalid: null}
            seen: {type: timestamp, format: epoch ms}
            from: {type: compass}
          gold:
            by_device: {by: deviceId, columns: {events: count(), mean: avg(temp)}}
          """);

  private static final Rules RULES = Rules.of(CONTRACT);
  private static final int TEMP = 0;
  private static final int VOLTS = 1;
  private static final int COUNT = 2;
  private static final int ON = 3;
  private static final int KIND = 4;
  private static final int NOTE = 5;
  private static final int SEEN = 6;
  private static final int FROM = 7;

  private static final long ENQUEUED = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

  private final EventRecord record = new EventRecord();
  private final RecordDecoder decoder = RecordDecoder.of(RULES);

  private EventRecord decode(byte[] body) {
    record.body = body;
    record.enqueuedTime = ENQUEUED;
    decoder.decode(record, ENQUEUED, event -> {});
    return record;
  }

  private EventRecord decode(String body) {
    return decode(body.getBytes(UTF_8));
  }

  @Test
  void valuesAreReadWhereTheContractSaysThatTheyAre() {
    decode(
        """
        {"deviceId": 17, "ts": 1795608000, "messageId": 5, "main": {"temp": 10.25}, "volts": "3.3",
         "count": -9, "on": "true", "kind": "CO2", "note": "a", "seen": 5, "from": "SW"}
        """);

    assertThat(record.detail).isNull();
    assertThat(record.group.value).isEqualTo("17");
    assertThat(new String(record.eventId, UTF_8)).isEqualTo("5");
    assertThat(record.eventTime).isEqualTo(1_795_608_000_000L);
    assertThat(record.numbers[TEMP]).isEqualTo(19.5);
    assertThat(record.numbers[VOLTS]).isEqualTo(3.3);
    assertThat(record.integers[COUNT]).isEqualTo(-9);
    assertThat(record.numbers[COUNT]).isEqualTo(-9);
    assertThat(record.integers[ON]).isEqualTo(1);
    assertThat(record.texts[KIND].value).isEqualTo("CO2");
    assertThat(record.texts[NOTE].value).isEqualTo("a");
    assertThat(record.integers[SEEN]).isEqualTo(5);
    assertThat(record.numbers[FROM]).isEqualTo(225);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"main\": {\"temp\": 10}, \"t\": 5}",
        "{\"t\": 5, \"main\": {\"temp\": 10}}",
        "{\"t\": null, \"main\": {\"temp\": 10}}"
      })
  void ofSeveralPlacesTheFirstInTheContractCounts(String body) {
    decode(body);

    assertThat(record.isValid()).isTrue();
    assertThat(record.numbers[TEMP]).isEqualTo(19);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\": 1, \"v\": 5, \"volts\": \"bad\"}",
        "{\"t\": 1, \"volts\": \"bad\", \"v\": 5}"
      })
  void theOrderOfMembersDecidesNothing(String body) {
    decode(body);

    assertThat(record.isValid()).isTrue();
    assertThat(record.numbers[VOLTS]).isNaN();
    assertThat(record.isFlagged()).isTrue();
  }

  @Test
  void whatIsOptionalMayBeAbsentOrNull() {
    decode("{\"t\": 1, \"count\": null, \"kind\": null}");

    assertThat(record.isValid()).isTrue();
    assertThat(record.numbers[VOLTS]).isNaN();
    assertThat(record.integers[COUNT]).isEqualTo(EventRecord.ABSENT);
    assertThat(record.texts[KIND]).isNull();
    assertThat(record.group.value).isEqualTo("unknown");
    assertThat(record.eventTime).isEqualTo(ENQUEUED);
    assertThat(record.tellsTime).isFalse();
    assertThat(record.eventId).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                 | MISSING_FIELD          | /main/temp is missing
          {"main": 5}                        | MISSING_FIELD          | /main/temp is missing
          {"main": {"temp": null}}           | MISSING_FIELD          | /main/temp is missing
          {"main": {"temp": "1"}}            | WRONG_TYPE             | /main/temp is a string instead of a number
          {"main": {"temp": {}}}             | WRONG_TYPE             | /main/temp is an object instead of a number
          {"main": {"temp": 1}, "t": "1"}    | WRONG_TYPE             | t is a string instead of a number
          {"t": "1", "main": {"temp": 1}}    | WRONG_TYPE             | t is a string instead of a number
          {"main": {"temp": 1}, "main": {}}  | DUPLICATE_KEY          | 'main' is there twice
          {"t": 51}                          | OUT_OF_RANGE           | temp 101.0 is outside -100..100
          {"t": 1, "count": 1.5}             | WRONG_TYPE             | count is a number instead of a whole number
          {"t": 1, "count": 1e30}            | WRONG_TYPE             | count is a number instead of a whole number
          {"t": 1, "count": 99999999999999999999} | WRONG_TYPE        | count 99999999999999999999 is no whole number of 64 bits
          {"t": 1, "count": "1"}             | WRONG_TYPE             | count is a string instead of a whole number
          {"t": 1, "on": 1}                  | WRONG_TYPE             | on is a number instead of true or false
          {"t": 1, "on": "yes"}              | WRONG_TYPE             | on is a string instead of true or false
          {"t": 1, "kind": "HUM"}            | VALUE_NOT_ALLOWED      | kind 'HUM' is none of CO2, TEMP
          {"t": 1, "kind": "CO2CO2CO2"}      | INVALID_TEXT           | kind: 9 characters, at most 8 are allowed
          {"t": 1, "seen": "2026-11-25T12:00:00Z"} | INVALID_TEXT     | seen '2026-11-25T12:00:00Z' is not epoch milliseconds from 1970 on
          {"t": 1, "seen": true}             | WRONG_TYPE             | seen 'true' is not epoch milliseconds from 1970 on
          {"t": 1, "from": 361}              | UNKNOWN_WIND_DIRECTION | '361' is no compass point and not within 0..360
          {"t": 1, "deviceId": 1.5}          | WRONG_TYPE             | deviceId is a number instead of text
          {"t": 1, "deviceId": ""}           | INVALID_TEXT           | deviceId is empty
          {"t": 1, "messageId": true}        | WRONG_TYPE             | messageId is a boolean instead of text
          {"t": 1, "ts": "soon"}             | INVALID_EVENT_TIME     | ts 'soon' is not ISO-8601 or epoch seconds from 1970 on
          {"t": 1, "ts": 99999999999}        | FUTURE_EVENT_TIME      | 98235928000000 ms ahead of its arrival, at most 300000 are tolerated; epoch microseconds? Milliseconds are meant
          """)
  void whatIsNotAsDeclaredIsRejected(String body, RejectReason reason, String detail) {
    decode(body);

    assertThat(record.reason).isEqualTo(reason);
    if (reason != RejectReason.FUTURE_EVENT_TIME) {
      assertThat(record.detail).isEqualTo(detail);
    }
  }

  @Test
  void aNameInOneObjectIsNotTheSameNameInAnother() {
    for (int i = 0; i < 3; i++) {
      decode("{\"main\": {\"temp\": 5}, \"temp\": 7, \"count\": 1}");
      assertThat(record.numbers[TEMP]).isEqualTo(9);
      decode("{\"main\": {\"t\": 5}, \"t\": 7, \"count\": 1}");
      assertThat(record.numbers[TEMP]).isEqualTo(13);
      decode("{\"count\": 1, \"main\": {\"count\": 2, \"temp\": 5}}");
      assertThat(record.integers[COUNT]).isEqualTo(1);
    }
  }

  @Test
  void wholeNumbersMayHave64Bits() {
    decode("{\"t\": 1, \"count\": 9223372036854775807}");
    assertThat(record.integers[COUNT]).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anOptionalFieldMayBecomeNullInsteadAndThenTheEventSaysSo() {
    decode("{\"t\": 30, \"volts\": \"a\", \"note\": \"too long\"}");

    assertThat(record.isValid()).isTrue();
    assertThat(record.numbers[VOLTS]).isNaN();
    assertThat(record.texts[NOTE]).isNull();
    assertThat(new String(new QualityFlags(CONTRACT).utf8(record), UTF_8))
        .isEqualTo("INVALID_VALUE:volts,INVALID_VALUE:note,OUT_OF_RANGE:temp");
  }

  /** As Python writes them, which JSON does not know. */
  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void aNumberThatIsNoneSpoilsNothingButItsField(String literal) {
    decode("{\"t\": 30, \"volts\": %1$s, \"other\": {\"a\": [%1$s]}}".formatted(literal));

    assertThat(record.detail).isNull();
    assertThat(record.numbers[VOLTS]).isNaN();
    assertThat(new String(new QualityFlags(CONTRACT).utf8(record), UTF_8))
        .isEqualTo("INVALID_VALUE:volts,OUT_OF_RANGE:temp");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T11:59:00Z, 2026-11-25T11:59:00Z",
    "2026-11-25T12:59:00, 2026-11-25T11:59:00Z",
    "2026-11-25 12:59:00.5, 2026-11-25T11:59:00.500Z",
    "2026-11-25 12:59:00+02:00, 2026-11-25T10:59:00Z",
    "2026-11-25T12:59, 2026-11-25T11:59:00Z"
  })
  void aTimeWithoutAZoneHasTheDeclaredOne(String text, Instant time) {
    decode("{\"t\": 1, \"ts\": \"" + text + "\"}");

    assertThat(record.detail).isNull();
    assertThat(Instant.ofEpochMilli(record.eventTime)).isEqualTo(time);
    assertThat(record.tellsTime).isTrue();
  }

  @Test
  void whatTheBodyDoesNotTellHeadersAndTheKeyDoInTheOrderOfTheContract() {
    record.headerNames =
        new String[] {
          "iothub-connection-device-id", "created", "id", "iothub-connection-device-id"
        };
    record.headerValues =
        new byte[][] {
          "first".getBytes(UTF_8),
          "1795608000".getBytes(UTF_8),
          "m-1".getBytes(UTF_8),
          // An AMQP string, as senders of AMQP have it.
          {(byte) 0xA1, 4, 'd', 'e', 'v', '7'}
        };
    record.key = "key".getBytes(UTF_8);

    decode("{\"t\": 1}");
    assertThat(record.group.value).isEqualTo("dev7");
    assertThat(record.eventTime).isEqualTo(1_795_608_000_000L);
    assertThat(new String(record.eventId, UTF_8)).isEqualTo("m-1");
    assertThat(record.tellsTime).isTrue();

    decode("{\"t\": 1, \"deviceId\": \"own\", \"messageId\": \"own-1\", \"ts\": 1795608001}");
    assertThat(record.group.value).isEqualTo("own");
    assertThat(record.eventTime).isEqualTo(1_795_608_001_000L);
    assertThat(new String(record.eventId, UTF_8)).isEqualTo("own-1");

    record.headerValues[3] = null;
    decode("{\"t\": 1}");
    assertThat(record.group.value).isEqualTo("key");

    record.headerValues[1] = "yesterday".getBytes(UTF_8);
    decode("{\"t\": 1}");
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_EVENT_TIME);
    assertThat(record.detail)
        .isEqualTo(
            "the record's header created 'yesterday' is not ISO-8601 or epoch seconds from 1970 on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "A", "@", "T1", "pump1", "q1234", "room1", "a01", "Köln"})
  void aHeaderThatIsATextIsNotTakenForAnAmqpValue(String text) {
    record.headerNames = new String[] {"iothub-connection-device-id"};
    record.headerValues = new byte[][] {text.getBytes(UTF_8)};

    decode("{\"t\": 1}");

    assertThat(record.group.value).isEqualTo(text);
  }

  @Test
  void aNullInOnePlaceSaysNothingOfAnother() {
    decode("{\"main\": {\"temp\": null}, \"t\": 1}");
    assertThat(record.isValid()).isTrue();
    assertThat(record.numbers[TEMP]).isEqualTo(1);
    decode("{\"main\": {\"temp\": null}, \"t\": null}");
    assertThat(record.reason).isEqualTo(RejectReason.MISSING_FIELD);
  }

  @Test
  void whatIsToleratedAroundABodyIsNoDefect() throws IOException {
    byte[] body = "{\"t\": 1}".getBytes(UTF_8);
    byte[] padded = new byte[body.length + 5];
    padded[0] = (byte) 0xEF;
    padded[1] = (byte) 0xBB;
    padded[2] = (byte) 0xBF;
    System.arraycopy(body, 0, padded, 3, body.length);

    assertThat(decode(padded).isValid()).isTrue();
    assertThat(decode(gzip(padded)).isValid()).isTrue();
    byte[] zipped = gzip(body);
    for (int length = 3; length < zipped.length; length++) {
      assertThat(decode(Arrays.copyOf(zipped, length)).reason).isEqualTo(RejectReason.INVALID_JSON);
    }
    zipped[zipped.length - 6] ^= 1;
    assertThat(decode(zipped).reason).isEqualTo(RejectReason.INVALID_JSON);
    byte[] large = new byte[3 << 20];
    Arrays.fill(large, (byte) ' ');
    assertThat(decode(gzip(large)).reason).isEqualTo(RejectReason.BODY_TOO_LARGE);
    assertThat(decode(new byte[9]).reason).isEqualTo(RejectReason.EMPTY_BODY);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(body);
    }
    return zipped.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFastDecoderGivesWhatTheStrictOneDoes(long seed) {
    Random random = new Random(seed);
    FastEventDecoder fast = new FastEventDecoder(RULES);
    JsonEventDecoder strict = new JsonEventDecoder(RULES);
    EventRecord expected = new EventRecord();
    int ordinary = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = RandomDevices.body(random).getBytes(UTF_8);
      ordinary += fast.tryDecode(body, record) ? 1 : 0;
      fast.decode(body, record);
      strict.decode(body, expected);
      assertThat(content(record)).as(() -> new String(body, UTF_8)).isEqualTo(content(expected));
    }
    assertThat(ordinary).isBetween(1_000, 18_000);
  }

  private static List<Object> content(EventRecord record) {
    return Arrays.asList(
        record.reason,
        record.detail,
        BitSet.valueOf(record.qualityFlags),
        record.isValid() ? Arrays.toString(record.numbers) : "",
        record.isValid() ? Arrays.toString(record.integers) : "",
        record.isValid() ? Arrays.toString(record.texts) : "",
        record.isValid() ? String.valueOf(record.group) : "",
        record.isValid() ? record.eventTime : 0,
        record.isValid() && record.eventId != null ? new String(record.eventId, UTF_8) : "");
  }
}
