package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that hold several events, and events that are in texts. */
class RecordFormsTest {

  private static final String FIELDS =
      """
      fields:
        t: {type: double, required: true}
        n: {type: long, from: /list/1/n}
      gold:
        by_device: {by: deviceId, columns: {events: count()}}
      """;

  /** What a test has to say of an event. */
  private static String said(EventRecord event) {
    String place = event.index == EventRecord.WHOLE ? "whole" : Integer.toString(event.index);
    return event.isValid()
        ? "%s: %s %s".formatted(place, event.group.value, event.numbers[0])
        : "%s: %s %s".formatted(place, event.reason, event.detail);
  }

  private static RecordDecoder decoder(String event) {
    return RecordDecoder.of(
        Rules.of(
            ContractReader.read(
                "c.yaml",
                """
                contract: c
                version: 1
                event:
                  key: {column: deviceId, from: [field /id]}
                  time: {from: [enqueued time]}
                %s
                """
                        .formatted(event.indent(2))
                    + FIELDS)));
  }

  private static List<String> decode(RecordDecoder decoder, byte[] body) {
    EventRecord record = new EventRecord();
    record.body = body;
    List<String> events = new ArrayList<>();
    decoder.decode(record, 0, event -> events.add(said(event)));
    return events;
  }

  private static List<String> decode(String form, String body) {
    return decode(decoder(form), body.getBytes(UTF_8));
  }

  @Test
  void anArrayHasAnEventInEachPlace() {
    assertThat(
            decode(
                "records: array",
                " [{\"id\": \"a\", \"t\": 1}, {\"id\": \"b]\", \"t\": 2 },{\"t\":\"3\"}, 7,\n{\"id\":\"c\",\"t\":4}] "))
        .containsExactly(
            "0: a 1.0",
            "1: b] 2.0",
            "2: WRONG_TYPE t is a string instead of a number",
            "3: NOT_AN_OBJECT the body is a number",
            "4: c 4.0");
  }

  @Test
  void whereArraysAreExpectedAnObjectIsOneEvent() {
    assertThat(decode("records: array", "{\"id\": \"a\", \"t\": 1}")).containsExactly("0: a 1.0");
  }

  @Test
  void eventsOfAnArrayInAnEnvelopeShareWhatIsAroundThem() {
    assertThat(
            decode(
                "records: array\ndata: /readings",
                "{\"id\":\"a\",\"readings\":[{\"t\":1},{\"t\":2}],\"more\":{\"readings\":[]}}"))
        .containsExactly("0: a 1.0", "1: a 2.0");
    assertThat(
            decode(
                "records: array\ndata: /readings",
                "{\"id\":\"a\",\"\\u0072eadings\":[{\"t\":1},{\"t\":2}]}"))
        .containsExactly("0: a 1.0", "1: a 2.0");
  }

  @Test
  void eachLineIsAnEventAndABrokenOneSpoilsNoOther() {
    assertThat(
            decode(
                "records: lines",
                "{\"id\":\"a\",\"t\":1}\r\n\n  \n{\"id\":\"b\",\"t\":\n{\"id\":\"c\",\"t\":3}\n"))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("0: a 1.0"),
            second -> assertThat(second).startsWith("1: INVALID_JSON"),
            third -> assertThat(third).isEqualTo("2: c 3.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          array | []                        | EMPTY_BODY the array has no events
          array | [ \t]                     | EMPTY_BODY the array has no events
          array | [{"id":"a","t":1}         | INVALID_JSON the brackets of the array of events do not match
          array | [{"id":"a","t":1],{"t":2}]| INVALID_JSON the brackets of the array of events do not match
          array | [{"id":"a","t":1},]       | INVALID_JSON byte 18: element 1 of the array is no value
          array | [{"id":"a","t":1}{"t":1}] | INVALID_JSON byte 1: element 0 of the array is no value
          array | [{"id":"a","t":1}] x      | TRAILING_DATA
          lines | ` \t`                      | EMPTY_BODY the body has no line with an event
          """)
  void aRecordWithoutEventsIsRejectedAsAWhole(String form, String body, String verdict) {
    assertThat(decode("records: " + form, body))
        .singleElement()
        .satisfies(event -> assertThat(event).startsWith("whole: " + verdict));
  }

  /** Another contract may read it: what is quarantined of it is all of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "records: array",
        "records: array\ndata: /d",
        "records: array\ndataEncoding: base64",
        "records: lines"
      })
  void whatCannotBeTakenApartIsRejectedAsAWhole(String form) {
    byte[] gzip = {0x1F, (byte) 0x8B, 8, '\n', '{', '}', '\n'};
    assertThat(decode(decoder(form), gzip))
        .singleElement()
        .satisfies(event -> assertThat(event).startsWith("whole: INVALID_"));
  }

  @Test
  void whereTheArrayShouldBeMayBeNothing() {
    assertThat(decode("records: array\ndata: /d", "{\"id\": \"a\", \"t\": 1}"))
        .containsExactly("whole: MISSING_FIELD /d/t is missing");
  }

  @Test
  void anEventThatIsNestedTooDeepSpoilsNoOther() {
    String deep = "[".repeat(EventLimits.NESTING + 40) + "]".repeat(EventLimits.NESTING + 40);
    assertThat(decode("records: array", "[{\"x\": %s}, {\"id\":\"b\",\"t\":2}]".formatted(deep)))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("0: INVALID_JSON Document nesting depth"),
            second -> assertThat(second).isEqualTo("1: b 2.0"));
  }

  @Test
  void aRedrivenLineHasWhatIsToleratedAroundIt() {
    EventRecord record = new EventRecord();
    record.body = "\uFEFF{\"id\":\"a\",\"t\":1}\0".getBytes(UTF_8);
    List<String> events = new ArrayList<>();
    decoder("records: lines\ntolerate: [nuls, byte order mark]")
        .decodeOne(record, 0, 0, event -> events.add(said(event)));
    assertThat(events).containsExactly("0: a 1.0");
  }

  @Test
  void aTombstoneIsRejectedAsAWhole() {
    assertThat(decode(decoder("records: array"), null))
        .singleElement()
        .satisfies(event -> assertThat(event).startsWith("whole: NULL_BODY"));
  }

  @Test
  void noRecordHasMoreEventsThanTheLimit() {
    String most = "1,".repeat(EventLimits.EVENTS - 1) + "1";
    assertThat(decode("records: array", "[" + most + "]")).hasSize(EventLimits.EVENTS);
    assertThat(decode("records: array", "[" + most + ",1]"))
        .containsExactly(
            "whole: BODY_TOO_LARGE more than 50000 events, which are allowed in a record");
  }

  @Test
  void anEnvelopeThatIsRepeatedForEachEventHasALimit() {
    String envelope = "{\"id\":\"" + "x".repeat(1 << 19) + "\",\"readings\":[";
    assertThat(
            decode("records: array\ndata: /readings", envelope + "{\"t\":1},".repeat(40) + "1]}"))
        .singleElement()
        .satisfies(event -> assertThat(event).startsWith("whole: BODY_TOO_LARGE its events"));
  }

  @Test
  void dataInATextIsReadAsIfItWereThere() {
    String data = "{\"t\": 1.5}";
    String base64 = Base64.getEncoder().encodeToString(data.getBytes(UTF_8));
    assertThat(
            decode(
                "data: /Body\ndataEncoding: base64",
                "{\"Body\":\"%s\",\"id\":\"a\"}".formatted(base64)))
        .containsExactly("0: a 1.5");
    assertThat(decode("data: /Body\ndataEncoding: base64", "{\"Body\":{\"t\":2},\"id\":\"a\"}"))
        .as("data that is there as it is")
        .containsExactly("0: a 2.0");
    assertThat(
            decode("data: /Body\ndataEncoding: json", "{\"id\":\"a\",\"Body\":\"{\\\"t\\\":3}\"}"))
        .containsExactly("0: a 3.0");
    String whole = Base64.getEncoder().encodeToString("{\"id\":\"a\",\"t\":4}".getBytes(UTF_8));
    assertThat(decode("dataEncoding: base64", whole)).containsExactly("0: a 4.0");
    assertThat(decode("dataEncoding: base64", "\"" + whole + "\"")).containsExactly("0: a 4.0");
    assertThat(decode("dataEncoding: base64", "{\"id\":\"a\",\"t\":5}"))
        .containsExactly("0: a 5.0");
  }

  @Test
  void anArrayInATextHasAnEventInEachPlace() {
    String base64 = Base64.getEncoder().encodeToString("[{\"t\":1},{\"t\":2}]".getBytes(UTF_8));
    assertThat(
            decode(
                "records: array\ndata: /Body\ndataEncoding: base64",
                "{\"Body\":\"%s\",\"id\":\"a\"}".formatted(base64)))
        .containsExactly("0: a 1.0", "1: a 2.0");
  }

  @Test
  void eachLineMayHaveItsDataInAText() {
    assertThat(
            decode(
                "records: lines\ndata: /Body\ndataEncoding: base64",
                "{\"id\":\"a\",\"Body\":\"%s\"}\n{\"id\":\"b\",\"Body\":\"no base64!\"}\n"
                    .formatted(Base64.getEncoder().encodeToString("{\"t\":1}".getBytes(UTF_8)))))
        .containsExactly("0: a 1.0", "1: INVALID_JSON the data is not encoded as base64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":1}},{\"x\":{\"y\":1}",
        "{\"t\":1},\"id\":\"b\"",
        "1},\"id\":\"b\",\"y\":{\"z\":1",
        "{\"t\":1} {}",
        "{\"t\":1]"
      })
  void noDataCanReachIntoTheEnvelopeAroundIt(String data) {
    String base64 = Base64.getEncoder().encodeToString(data.getBytes(UTF_8));
    assertThat(
            decode(
                "data: /Body\ndataEncoding: base64",
                "{\"Body\":\"%s\",\"id\":\"a\"}".formatted(base64)))
        .containsExactly("0: INVALID_JSON what the data has encoded is no JSON value");
  }

  @Test
  void aBatchMayBeCompressed() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(("[" + "{\"id\":\"a\",\"t\":1},".repeat(40_000) + "{}]").getBytes(UTF_8));
    }
    RecordDecoder decoder = decoder("records: array\ntolerate: [gzip]");
    assertThat(decode(decoder, zipped.toByteArray())).hasSize(40_001).contains("39999: a 1.0");
  }

  @Test
  void quarantinedBytesOfOneOfSeveralEventsAreOneEvent() {
    RecordDecoder decoder = decoder("records: array\ndata: /readings");
    EventRecord record = new EventRecord();
    record.body = "{\"id\":\"a\",\"readings\":[{\"t\":1},{\"t\":2}]}".getBytes(UTF_8);
    List<byte[]> bytes = new ArrayList<>();
    decoder.decode(record, 0, event -> bytes.add(event.event));
    assertThat(decode(decoder, bytes.get(1))).containsExactly("0: a 2.0");
  }

  @Test
  void aRecordThatIsOneEventStaysAsSentAndInPlaceZero() {
    RecordDecoder decoder = decoder("data: /Body\ndataEncoding: json");
    EventRecord record = new EventRecord();
    record.body = "{\"id\":\"a\",\"Body\":\"{\\\"t\\\":3}\"}".getBytes(UTF_8);
    decoder.decode(record, 0, event -> {});
    assertThat(record.isValid()).isTrue();
    assertThat(record.event).isSameAs(record.body);
    record.body = null;
    decoder.decode(record, 0, event -> {});
    assertThat(record.index).isZero();
  }

  @Test
  void aPlaceInAnArrayIsAPath() {
    EventRecord record = new EventRecord();
    record.body = "{\"t\":1,\"list\":[5,{\"n\":7},{\"n\":8}]}".getBytes(UTF_8);
    decoder("unknownFields: ignore").decode(record, 0, event -> {});
    assertThat(record.isValid()).isTrue();
    assertThat(record.integers[1]).isEqualTo(7);
  }

  @Test
  void unknownFieldsOfTheEventAreToldByNamesThatAContractCouldUse() {
    EventRecord record = new EventRecord();
    record.body =
        "{\"x\":1,\"list\":[{\"n\":4},{\"n\":5}],\"data\":{\"t\":1,\"a/b\":2,\"/c\":3}}"
            .getBytes(UTF_8);
    decoder("data: /data").decode(record, 0, event -> {});
    assertThat(record.unknownFields).as("without the envelope's").containsExactly("a/b", "/~1c");
    record.body = "{\"t\":1,\"list\":[{\"n\":4},{\"n\":5,\"m\":6}],\"x\":{}}".getBytes(UTF_8);
    decoder("").decode(record, 0, event -> {});
    assertThat(record.unknownFields).containsExactly("/list/1/m", "x");
    assertThat(record.extras).isNull();
  }

  @Test
  void keptUnknownFieldsAreTheirJson() {
    EventRecord record = new EventRecord();
    record.body =
        "{\"t\":1, \"a\" : 2.50 ,\"b\\n\":[1, {\"x\":\"}\"}],\"c\":\"\u00fc\\\"\",\"d\":null,\"e\":true,\"f\":-1e3}"
            .getBytes(UTF_8);
    decoder("unknownFields: keep").decode(record, 0, event -> {});
    assertThat(record.isValid()).isTrue();
    assertThat(new String(record.extras, UTF_8))
        .isEqualTo(
            "{\"a\":2.50,\"b\\n\":[1, {\"x\":\"}\"}],\"c\":\"\u00fc\\\"\",\"d\":null,\"e\":true,\"f\":-1e3}");
    record.body = "{\"t\":1}".getBytes(UTF_8);
    decoder("unknownFields: keep").decode(record, 0, event -> {});
    assertThat(record.extras).isNull();
    assertThat(record.unknownFields).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "records: array",
        "records: array\ndata: /d",
        "records: lines",
        "data: /d\ndataEncoding: json",
        "records: array\ndata: /d\ndataEncoding: base64\nunknownFields: keep",
        "dataEncoding: base64\ntolerate: [gzip, nuls, byte order mark]"
      })
  void whateverIsSentHasAtLeastOneEventAndNothingThrows(String form) {
    RecordDecoder decoder = decoder(form);
    Random random = new Random(7);
    String[] pieces = {
      "[",
      "]",
      "{",
      "}",
      "\"",
      "\\",
      ",",
      ":",
      "\n",
      " ",
      "1",
      "\"d\":",
      "\"id\":\"a\"",
      "\"t\":1",
      "{\"t\":1}",
      "{\"d\":[{\"t\":1}]}",
      "null",
      "e30=",
      "\"eyJ0IjoxfQ==\"",
      "\u00fc",
      "\0"
    };
    for (int i = 0; i < 30_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(decode(decoder, body.toString().getBytes(UTF_8))).as(body.toString()).isNotEmpty();
    }
  }

  @Test
  void anEventOfABatchIsJudgedAsIfItWereAlone() {
    RecordDecoder batches = decoder("records: array");
    RecordDecoder single = decoder("");
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      List<String> bodies = new ArrayList<>();
      List<String> alone = new ArrayList<>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        String body = RandomDevices.value(random);
        bodies.add(body);
        alone.add(withoutPlace(decode(single, body.getBytes(UTF_8)).get(0)));
      }
      String array = "[" + String.join(", ", bodies) + "]";
      assertThat(decode(batches, array.getBytes(UTF_8)))
          .extracting(RecordFormsTest::withoutPlace)
          .as(array)
          .isEqualTo(alone);
    }
  }

  private static String withoutPlace(String said) {
    return said.substring(said.indexOf(' ') + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataEncoding: base64", "dataEncoding: json", "data: /d\ndataEncoding: base64"})
  void zerosInATextAreNoEncodingOfAnotherKind(String form) {
    for (String text : List.of("\0\0\0", "\0", "\0e\0", "\uFEFF")) {
      for (String body : List.of("\"" + text + "\"", "{\"d\":\"" + text + "\"}")) {
        assertThat(decode(form, body)).singleElement().satisfies(e -> assertThat(e).contains("_"));
      }
    }
  }

  @Test
  void onlyBase64NeedsNoQuotes() {
    String base64 = Base64.getEncoder().encodeToString("{\"id\":\"a\",\"t\":1}".getBytes(UTF_8));
    assertThat(decode("dataEncoding: json", base64).get(0)).startsWith("0: INVALID_JSON");
    assertThat(decode("dataEncoding: base64", " ").get(0)).startsWith("0: EMPTY_BODY");
  }

  @Test
  void keepingUnknownFieldsChangesNoVerdict() {
    EventRecord record = new EventRecord();
    record.body = "{\"t\":1,\"\\ud800\":2}".getBytes(UTF_8);
    decoder("unknownFields: keep").decode(record, 0, event -> {});
    assertThat(record.isValid()).isTrue();
    assertThat(new String(record.extras, UTF_8)).isEqualTo("{\"\uFFFD\":2}");
  }

  @Test
  void unknownFieldsAreKeptAsJsonThatAllReadersKnow() {
    EventRecord record = new EventRecord();
    record.body =
        "{\"t\":1,\"a\":NaN,\"b\":[1, -Infinity,{\"NaN\\\"\":Infinity }],\"c\":\"-NaN\"}"
            .getBytes(UTF_8);
    decoder("unknownFields: keep").decode(record, 0, event -> {});
    assertThat(record.isValid()).isTrue();
    assertThat(new String(record.extras, UTF_8))
        .isEqualTo("{\"a\":null,\"b\":[1, null,{\"NaN\\\"\":null }],\"c\":\"-NaN\"}");
  }

  @Test
  void rejectsOfARecordSayWhy() {
    EventRecord record = new EventRecord();
    record.body = "[".getBytes(UTF_8);
    decoder("records: array").decode(record, 0, event -> {});
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_JSON);
    assertThat(record.event).isSameAs(record.body);
  }
}
