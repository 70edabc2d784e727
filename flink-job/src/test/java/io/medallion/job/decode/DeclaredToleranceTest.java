package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that come in another form than their type's own, where the contract says that they may.
 */
class DeclaredToleranceTest {

  private static final Contract CONTRACT =
      ContractReader.read(
          "feeds.yaml",
          """
          contract: feeds
          version: 1
          event:
            key:
              column: sensor
              from: [[header gateway, field site, field device], [field site, field device], record key]
              acceptNumber: true
              join: ':'
            time: {from: [field ts, header sent], format: lenient iso or decimal epoch s, acceptText: true, timeZone: Europe/Berlin}
          fields:
            temp: {type: double, from: [temp, t], missingValues: [-999, NaN, N/A], acceptText: true, decimalChar: ',', range: [-50, 50]}
            level: {type: double, missingValues: 0, scale: 2}
            count: {type: long, missingValues: [-1, 65535]}
            on: {type: boolean, trueValues: [ON, 1, open], falseValues: ['OFF', 0, closed], missingValues: unavailable}
            code: {type: string, acceptNumber: true, maxLength: 6, missingValues: ['', 99]}
            state: {type: string, required: true, missingValues: unknown, values: [idle, busy]}
            seen: {type: timestamp, format: decimal epoch ms, acceptText: true, missingValues: 0}
            day: {type: timestamp, format: pattern dd.MM.yyyy HH:mm, onInvalid: null}
            logged: {type: timestamp, format: lenient iso}
            from: {type: compass, missingValues: 999}
            site: {type: string, acceptNumber: true}
          gold:
            by_sensor: {by: sensor, columns: {events: count(), mean: avg(temp)}}
          """);

  private static final Rules RULES = Rules.of(CONTRACT);
  private static final long ENQUEUED = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

  private final EventRecord record = new EventRecord();
  private final RecordDecoder decoder = RecordDecoder.of(RULES);

  private void decode(String members) {
    record.body = ("{\"state\": \"idle\"" + members + "}").getBytes(UTF_8);
    record.enqueuedTime = ENQUEUED;
    decoder.decode(record, ENQUEUED, event -> {});
  }

  private Object value(String field) {
    int i = CONTRACT.indexOf(field);
    return switch (CONTRACT.fields().get(i).type()) {
      case DOUBLE, COMPASS -> Double.isNaN(record.numbers[i]) ? null : record.numbers[i];
      case LONG, BOOLEAN -> record.integers[i] == EventRecord.ABSENT ? null : record.integers[i];
      case TIMESTAMP ->
          record.integers[i] == EventRecord.ABSENT
              ? null
              : Instant.ofEpochMilli(record.integers[i]);
      case STRING -> record.texts[i] == null ? null : record.texts[i].value;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      textBlock =
          """
          temp   | -999                       | null
          temp   | -999.0                     | null
          temp   | -9.99e2                    | null
          temp   | "-999"                     | null
          temp   | "-999,00"                  | null
          temp   | "NaN"                      | null
          temp   | NaN                        | null
          temp   | "N/A"                      | null
          temp   | "21,5"                     | 21.5
          temp   | 21.5                       | 21.5
          level  | 0                          | null
          level  | 0.0                        | null
          level  | -0                         | null
          level  | 0.5                        | 1.0
          count  | -1                         | null
          count  | 65535                      | null
          count  | 65534                      | 65534
          count  | 65534.0                    | 65534
          count  | -25.000                    | -25
          count  | 2.5e1                      | 25
          count  | 9.223372036854775807E18    | 9223372036854775807
          count  | 0e0                        | 0
          count  | 65535.0                    | null
          on     | "ON"                       | 1
          on     | 1                          | 1
          on     | "1"                        | 1
          on     | 1.0                        | 1
          on     | "closed"                   | 0
          on     | 0                          | 0
          on     | true                       | 1
          on     | false                      | 0
          on     | "unavailable"              | null
          code   | 17                         | 17
          code   | 1.50                       | 1.50
          code   | -1e2                       | -1e2
          code   | true                       | true
          code   | "A"                        | A
          code   | ""                         | null
          code   | 99                         | null
          code   | null                       | null
          seen   | 0                          | null
          seen   | "0"                        | null
          seen   | 1795608000123              | 2026-11-25T12:00:00.123Z
          seen   | 1795608000123.9            | 2026-11-25T12:00:00.123Z
          seen   | 1.795608000123E12          | 2026-11-25T12:00:00.123Z
          seen   | "1795608000123"            | 2026-11-25T12:00:00.123Z
          day    | "25.11.2026 13:00"         | 2026-11-25T12:00:00Z
          logged | "2026-11-25 13:00:00,250"  | 2026-11-25T12:00:00.250Z
          logged | "20261125130000"           | 2026-11-25T12:00:00Z
          from   | 999                        | null
          from   | "NW"                       | 315.0
          """)
  void aValueMayComeInTheFormsThatTheContractDeclares(String field, String json, String value) {
    decode(", \"%s\": %s".formatted(field, json));

    assertThat(record.detail).isNull();
    assertThat(record.isFlagged()).isFalse();
    assertThat(String.valueOf(value(field))).isEqualTo(String.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          , "temp": "1.234"      | WRONG_TYPE         | temp is a string instead of a number
          , "temp": "1.234,5"    | WRONG_TYPE         | temp is a string instead of a number
          , "level": "1"         | WRONG_TYPE         | level is a string instead of a number
          , "temp": -Infinity    | WRONG_TYPE         | temp is NaN or infinite instead of a number
          , "on": NaN            | WRONG_TYPE         | on is NaN or infinite instead of true or false
          , "code": NaN          | WRONG_TYPE         | code is NaN or infinite instead of text
          , "seen": Infinity     | WRONG_TYPE         | seen 'Infinity' is not epoch milliseconds from 1970 on
          , "count": 1.5         | WRONG_TYPE         | count is a number instead of a whole number
          , "count": 1e-9999     | WRONG_TYPE         | count is a number instead of a whole number
          , "count": 1e999999999 | WRONG_TYPE         | count is a number instead of a whole number
          , "count": 1e9999999999 | WRONG_TYPE        | count is a number instead of a whole number
          , "count": 9223372036854775808.0 | WRONG_TYPE | count is a number instead of a whole number
          , "on": 2              | WRONG_TYPE         | on is a number instead of true or false
          , "on": "on"           | WRONG_TYPE         | on is a string instead of true or false
          , "code": 1234567      | INVALID_TEXT       | code: 7 characters, at most 6 are allowed
          , "code": [1]          | WRONG_TYPE         | code is an array instead of text
          , "seen": -1           | INVALID_TEXT       | seen '-1' is not epoch milliseconds from 1970 on
          , "seen": 1e99         | INVALID_TEXT       | seen '1e99' is not epoch milliseconds from 1970 on
          , "seen": 1e2147483647 | INVALID_TEXT      | seen '1e2147483647' is not epoch milliseconds from 1970 on
          , "seen": 1.5e9999     | INVALID_TEXT      | seen '1.5e9999' is not epoch milliseconds from 1970 on
          , "ts": "01795608000"  | INVALID_EVENT_TIME | ts '01795608000' is not ISO-8601 or epoch seconds from 1970 on
          , "site": true, "device": "d" | WRONG_TYPE  | site is a boolean instead of text
          , "device": ""         | INVALID_TEXT       | device is empty
          , "site": "a:b", "device": "d" | INVALID_TEXT | 'a:b', a part of sensor, has the character ':' that joins them
          """)
  void whatIsNotDeclaredIsRejectedAsBefore(String members, RejectReason reason, String detail) {
    decode(members);

    assertThat(record.reason).isEqualTo(reason);
    assertThat(record.detail).isEqualTo(detail);
  }

  @Test
  void aRequiredFieldThatIsMissingByItsValueIsNull() {
    record.body = "{\"state\": \"unknown\"}".getBytes(UTF_8);
    decoder.decode(record, ENQUEUED, event -> {});

    assertThat(record.reason).isEqualTo(RejectReason.NULL_FIELD);
    assertThat(record.detail).isEqualTo("state is 'unknown', which stands for no value");
  }

  @Test
  void aMissingValueInOnePlaceSaysNothingOfAnother() {
    decode(", \"temp\": -999, \"t\": 20");
    assertThat(value("temp")).isEqualTo(20.0);
    decode(", \"t\": \"N/A\", \"temp\": 7");
    assertThat(value("temp")).isEqualTo(7.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1795608000                      | 2026-11-25T12:00:00Z
          1795608000.305988               | 2026-11-25T12:00:00.305Z
          1795608000.3                    | 2026-11-25T12:00:00.300Z
          1.795608000305988E9             | 2026-11-25T12:00:00.305Z
          "1795608000"                    | 2026-11-25T12:00:00Z
          "1795608000.5"                  | 2026-11-25T12:00:00.500Z
          "2026-11-25T12:00:00.25Z"       | 2026-11-25T12:00:00.250Z
          "2026-11-25T12:00:00.612110+0000" | 2026-11-25T12:00:00.612Z
          "2026-11-25T13:00:00+01"        | 2026-11-25T12:00:00Z
          "2026-11-25 13:00:00,123"       | 2026-11-25T12:00:00.123Z
          "2026-11-25 12:00:00,123+0000"  | 2026-11-25T12:00:00.123Z
          "2026-11-25 12:00:00 -0000"     | 2026-11-25T12:00:00Z
          "2026-11-25 12:00:00.000 UTC"   | 2026-11-25T12:00:00Z
          "2026-11-25T13:00"              | 2026-11-25T12:00:00Z
          "2026-11-25 13:00"              | 2026-11-25T12:00:00Z
          "20261125T120000Z"              | 2026-11-25T12:00:00Z
          "2026-11-25T13:00:00+01:00[Europe/Berlin]" | 2026-11-25T12:00:00Z
          """)
  void timesAreReadAsSendersWriteThem(String json, Instant time) {
    decode(", \"ts\": " + json);

    assertThat(record.detail).isNull();
    assertThat(Instant.ofEpochMilli(record.eventTime)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30 12:00:00",
        "2026-11-25 24:30:00",
        "2026-1125 12:00:00",
        "2026-11-25",
        "2026-11-25 12:0000",
        "2026-11-25 12:00:00 CET",
        "2026-11-25 12:00:00[Europe/Berlin]"
      })
  void aLenientTimeIsATimeAllTheSame(String text) {
    decode(", \"ts\": \"" + text + "\"");

    assertThat(record.reason).isEqualTo(RejectReason.INVALID_EVENT_TIME);
  }

  @Test
  void aKeyIsJoinedOfPartsThatAreAllThere() {
    decode(", \"site\": 17, \"device\": \"pump\"");
    assertThat(record.group.value).isEqualTo("17:pump");
    assertThat(value("site")).isEqualTo("17");

    record.headerNames = new String[] {"gateway"};
    record.headerValues = new byte[][] {"g1".getBytes(UTF_8)};
    record.key = "key".getBytes(UTF_8);
    decode(", \"site\": 17, \"device\": \"pump\"");
    assertThat(record.group.value).isEqualTo("g1:17:pump");
    decode(", \"site\": 17");
    assertThat(record.group.value).isEqualTo("key");
    decode(", \"site\": \"a:b\"");
    assertThat(record.group.value).isEqualTo("key");
    record.headerValues[0] = "a:b".getBytes(UTF_8);
    decode(", \"site\": 17, \"device\": \"pump\"");
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_TEXT);

    record.headerValues[0] = null;
    decode(", \"site\": \"%s\", \"device\": \"pump\"".formatted("x".repeat(252)));
    assertThat(record.detail)
        .isEqualTo("sensor has 257 characters when it is joined, at most 256 are allowed");
  }

  @Test
  void anElementOfAnArrayIsFoundByOneOfItsValues() {
    Contract contract =
        ContractReader.read(
            "lists.yaml",
            """
            contract: lists
            version: 1
            event:
              key: {column: device, from: ['field /tags/[key=device]/value']}
              time: {from: [enqueued time]}
            fields:
              temp: {type: double, from: '/values/[name=temp]/value', required: true}
              humidity: {type: double, from: '/values/[name=rel=hum~1%]/v'}
              third: {type: double, from: /values/2/x}
              channel: {type: double, from: '/values/[id=7]/value'}
            gold:
              all: {columns: {events: count()}}
            """);
    RecordDecoder lists = RecordDecoder.of(Rules.of(contract));
    record.body =
        """
        {"tags": [{"value": "x", "key": "zone"}, {"value": "d1", "key": "device", "more": 1}],
         "values": [{"value": 21.5, "name": "\\u0074emp", "unit": "C"}, {"name": "temp", "value": 3},
                    {"x": 3, "name": {"name": "temp"}}, {"id": 7, "value": 4}, 5, {"name": "rel=hum/%", "v": 60}]}
        """
            .getBytes(UTF_8);

    lists.decode(record, ENQUEUED, event -> {});

    assertThat(record.detail).isNull();
    assertThat(record.group.value).isEqualTo("d1");
    assertThat(record.numbers).containsExactly(21.5, 60, 3, 4);
    assertThat(record.unknownFields)
        .containsExactly("/tags/[key=device]/more", "/values/[name=temp]/unit", "/values/2/name");

    record.body =
        "{\"values\": [{\"v\": 7, \"\\u006eame\": \"temp\", \"value\": 1}]}".getBytes(UTF_8);
    lists.decode(record, ENQUEUED, event -> {});
    assertThat(record.numbers[0]).isEqualTo(1);

    record.body = "{\"values\": [{\"name\": \"Temp\", \"value\": 1}, {]}".getBytes(UTF_8);
    lists.decode(record, ENQUEUED, event -> {});
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_JSON);
    record.body = "{\"values\": [{\"name\": \"Temp\", \"value\": 1}]}".getBytes(UTF_8);
    lists.decode(record, ENQUEUED, event -> {});
    assertThat(record.detail).isEqualTo("/values/[name=temp]/value is missing");
  }

  @Test
  void aPartOfAKeyIsThatOfTheFirstOfSeveralElements() {
    RecordDecoder lists =
        RecordDecoder.of(
            Rules.of(
                ContractReader.read(
                    "tags.yaml",
                    """
                    contract: tags
                    version: 1
                    event:
                      key: {column: device, from: [['field /tags/[key=site]/value', field id]]}
                      time: {from: [enqueued time]}
                    fields: {temp: {type: double}}
                    gold: {all: {columns: {events: count()}}}
                    """)));
    record.body =
        """
        {"id": "d", "tags": [{"key": "site", "value": "first"}, {"key": "site", "value": "second"}]}
        """
            .getBytes(UTF_8);

    lists.decode(record, ENQUEUED, event -> {});

    assertThat(record.group.value).isEqualTo("first/d");
  }

  @Test
  void whateverIsInHeadersAndTheKeyNothingThrows() {
    List<String> pieces =
        List.of("2026-11-25", "T", " ", "12:00", ":00", "Z", "+01", "+99:99", ".5", "9", "e9", "-");
    Random random = new Random(3);
    record.headerNames = new String[] {"gateway", "sent"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      record.headerValues =
          new byte[][] {bytes, random.nextInt(4) == 0 ? bytes : text.toString().getBytes(UTF_8)};
      record.key = bytes;
      decode(random.nextBoolean() ? "" : ", \"site\": 1, \"device\": 2");
      assertThat(record.isValid()).isEqualTo(record.detail == null);
    }
  }

  /** As the bodies that are random in all, with each value that means something more often. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFastDecoderGivesWhatTheStrictOneDoes(long seed) {
    Random random = new Random(seed);
    FastEventDecoder fast = new FastEventDecoder(RULES);
    JsonEventDecoder strict = new JsonEventDecoder(RULES);
    EventRecord expected = new EventRecord();
    int ordinary = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = body(random).getBytes(UTF_8);
      ordinary += fast.tryDecode(body, record) ? 1 : 0;
      fast.decode(body, record);
      strict.decode(body, expected);
      assertThat(content(record)).as(() -> new String(body, UTF_8)).isEqualTo(content(expected));
    }
    assertThat(ordinary).isBetween(1_000, 9_000);
  }

  private static final List<String> ANY =
      List.of(
          "0",
          "1",
          "-1",
          "-0",
          "0.0",
          "99",
          "999",
          "1e2",
          "true",
          "false",
          "null",
          "\"\"",
          "\"0\"",
          "\"1\"",
          "\"NaN\"",
          "NaN",
          "-Infinity",
          "\"unknown\"",
          "\"K\u00f6ln\"",
          "\"a\\u0041\"",
          "[]",
          "{}",
          "65535",
          "-999",
          "1795608000.5",
          "\"1795608000\"",
          "9223372036854775807",
          "25.0",
          "1e400",
          "16000000000");

  private static final Map<String, List<String>> USUAL =
      Map.ofEntries(
          Map.entry("state", List.of("\"idle\"", "\"busy\"", "\"idle\"", "\"unknown\"")),
          Map.entry("temp", List.of("20.5", "-999", "\"20,5\"", "\"N/A\"", "51")),
          Map.entry("t", List.of("21", "-999.0")),
          Map.entry("level", List.of("0", "0.25", "7")),
          Map.entry("count", List.of("65535", "12", "0")),
          Map.entry("on", List.of("\"ON\"", "\"OFF\"", "1", "0", "true", "\"unavailable\"")),
          Map.entry("code", List.of("7", "1.50", "\"A\"", "true", "12345678", "99")),
          Map.entry("seen", List.of("1795608000123", "1795608000123.25", "0", "0.9")),
          Map.entry("day", List.of("\"25.11.2026 13:00\"", "\"25.11.26\"")),
          Map.entry(
              "logged", List.of("\"2026-11-25 13:00:00,250\"", "\"2026-11-25T13:00:00+0100\"")),
          Map.entry("from", List.of("999", "12.5", "\"S\"")),
          Map.entry("site", List.of("\"s1\"", "\"s2\"", "3")),
          Map.entry("device", List.of("\"d1\"", "\"a:b\"", "\"\"")),
          Map.entry(
              "ts",
              List.of(
                  "1795608000",
                  "1795608000.305988",
                  "1795608000.1",
                  "\"2026-11-25 13:00:00,123\"",
                  "\"2026-11-25T12:00:00.612110+0000\"",
                  "\"2026-11-25 12:00:00-0130\"",
                  "\"2026-11-25 12:00:00\"")));

  private static String body(Random random) {
    List<String> members = new ArrayList<>();
    USUAL.keySet().stream()
        .sorted()
        .filter(name -> name.equals("state") || random.nextInt(4) == 0)
        .forEach(
            name -> {
              List<String> from = random.nextInt(12) == 0 ? ANY : USUAL.get(name);
              members.add("\"" + name + "\": " + from.get(random.nextInt(from.size())));
            });
    Collections.shuffle(members, random);
    return "{" + String.join(", ", members) + "}";
  }

  private static List<Object> content(EventRecord record) {
    boolean isValid = record.isValid();
    return Arrays.asList(
        record.reason,
        record.detail,
        BitSet.valueOf(record.qualityFlags),
        isValid ? Arrays.toString(record.numbers) : "",
        isValid ? Arrays.toString(record.integers) : "",
        isValid ? Arrays.toString(record.texts) : "",
        isValid ? record.keyPart(0) + "," + record.keyPart(1) : "",
        isValid ? record.eventTime : 0);
  }
}
