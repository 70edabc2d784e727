package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.rules.Rules;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events by the expressions of their contract. */
class EventExpressionsTest {

  private static final String FIELDS =
      """
      contract: devices
      version: 4
      event:
        key: {column: deviceId, from: [field deviceId, record key]}
        time: {from: [field ts, enqueued time], format: iso or epoch s}
        id: {from: [field messageId]}
      fields:
        temp: {type: double, from: [/main/temp, t], required: true, range: [-50, 50], severity: warn}
        volts: {type: double, acceptText: true, onInvalid: null}
        count: {type: long}
        on: {type: boolean, acceptText: true}
        kind: {type: string}
        note: {type: string, onInvalid: null}
        seen: {type: timestamp, format: epoch ms}
        from: {type: compass}
      """;

  private static final String GOLD =
      """
      gold:
        by_device: {by: deviceId, columns: {events: count()}}
      """;

  private static final Contract CONTRACT =
      ContractReader.read(
          "devices.yaml",
          FIELDS
              + """
              rules:
                - {code: FLAT, check: volts > 3 || temp < 0, description: The battery is flat}
                - {code: COUNTED_TWICE, check: "count % 2 == 0", severity: warn}
                - {code: OFF_AND_COUNTING, check: "on || count == 0"}
                - {code: UNSEEN, check: has(seen), severity: warn}
                - {code: FROM_TOMORROW, check: "seen <= eventTime + duration('1h')"}
                - {code: ODD_DEVICE, check: "deviceId.matches('^[a-z]+[0-9]*$') && from < 360"}
              silver:
                power: {as: volts * count, unit: W}
                twice: count * 2
                isHot: temp > 30 || kind == 'oven'
                label: "deviceId + ' ' + kind"
                day: timestamp('1970-01-01T00:00:00Z') + duration(string(eventTime.getHours()) + 'h')
                turned: from + 180
                half: {as: count / 2, type: double}
              """
              + GOLD);

  private static final int VALUES = 8;
  private static final Rules RULES = Rules.of(CONTRACT);
  private static final long ENQUEUED = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

  private final EventRecord record = new EventRecord();
  private final RecordDecoder decoder = RecordDecoder.of(RULES);

  private EventRecord decode(String body) {
    record.body = body.getBytes(UTF_8);
    record.enqueuedTime = ENQUEUED;
    decoder.decode(record, ENQUEUED, event -> {});
    return record;
  }

  private String flags() {
    byte[] flags = new QualityFlags(CONTRACT).utf8(record);
    return flags == null ? "" : new String(flags, UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          "volts": 2 => FLAT => 'volts > 3 || temp < 0' does not hold: volts is 2.0, temp is 1.0
          "on": false, "count": 3 => OFF_AND_COUNTING => 'on || count == 0' does not hold: on is false, count is 3
          "seen": 1795700000000 => FROM_TOMORROW => 'seen <= eventTime + duration('1h')' does not hold: seen is 2026-11-26T13:33:20Z, eventTime is 2026-11-25T12:00:00Z
          "deviceId": "7x" => ODD_DEVICE => 'deviceId.matches('^[a-z]+[0-9]*$') && from < 360' does not hold: deviceId is '7x', from is absent
          "deviceId": "\u00fc\\u202e" => ODD_DEVICE => 'deviceId.matches('^[a-z]+[0-9]*$') && from < 360' does not hold: deviceId is '\\u00FC\\u202E', from is absent
          "volts": 1, "on": false, "count": 1 => FLAT => 'volts > 3 || temp < 0' does not hold: volts is 1.0, temp is 1.0
          """)
  void anEventThatBreaksARuleIsRejectedByItsCodeAndTheFirstCounts(
      String members, String code, String detail) {
    decode("{\"t\": 1, " + members + "}");

    assertThat(record.detail).isEqualTo(detail);
    assertThat(record.reason).isEqualTo(RejectReason.BROKEN_RULE);
    assertThat(record.reasonCode()).isEqualTo(code);

    decode("{\"t\": 1}");
    assertThat(record.isValid()).isTrue();
    assertThat(record.brokenRule).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          "seen": 1, "count": 3 => COUNTED_TWICE
          "seen": 1, "count": 2 => ``
          "count": 3 => COUNTED_TWICE,UNSEEN
          "count": 3, "volts": "much", "t": 60 => INVALID_VALUE:volts,OUT_OF_RANGE:temp,COUNTED_TWICE,UNSEEN
          """)
  void aRuleThatWarnsIsAQualityFlag(String members, String flags) {
    decode("{" + (members.contains("\"t\"") ? "" : "\"t\": 1, ") + members + "}");

    assertThat(record.detail).isNull();
    assertThat(flags()).isEqualTo(flags);
    QualityFlags.markRedriven(record);
    assertThat(flags()).isEqualTo(flags.isEmpty() ? "REDRIVEN" : flags + ",REDRIVEN");
    assertThat(QualityFlags.isRedriven(flags())).isTrue();
  }

  @Test
  void aCodeOrAFieldThatEndsAsTheFlagOfARedriveIsNotIt() {
    assertThat(QualityFlags.isRedriven("NOT_REDRIVEN")).isFalse();
    assertThat(QualityFlags.isRedriven("INVALID_VALUE:REDRIVEN")).isFalse();
    assertThat(QualityFlags.isRedriven(null)).isFalse();
  }

  @Test
  void aRuleOnAValueThatIsAbsentOrBecameNullDoesNotApply() {
    assertThat(decode("{\"t\": 1}").isValid()).isTrue();
    assertThat(decode("{\"t\": 1, \"count\": 3}").isValid()).isTrue();
    assertThat(decode("{\"t\": 1, \"volts\": \"much\"}").isValid()).isTrue();
    assertThat(decode("{\"t\": 1, \"volts\": null}").isValid()).isTrue();
  }

  @Test
  void whatTheBodyBreaksComesBeforeRules() {
    decode("{\"t\": 1, \"volts\": 2, \"count\": \"x\"}");
    assertThat(record.reasonCode()).isEqualTo("WRONG_TYPE");
    decode("{\"t\": 1, \"volts\": 2, \"ts\": \"2027-11-25T12:00:00Z\"}");
    assertThat(record.reasonCode()).isEqualTo("FUTURE_EVENT_TIME");
  }

  @Test
  void columnsFollowFromTheValues() {
    decode(
        "{\"t\": 31, \"volts\": 4.5, \"count\": 3, \"on\": true, \"kind\": \"pump\","
            + " \"deviceId\": \"d1\", \"from\": \"S\"}");

    assertThat(record.detail).isNull();
    assertThat(record.numbers[VALUES]).isEqualTo(13.5);
    assertThat(record.integers[VALUES + 1]).isEqualTo(6);
    assertThat(record.numbers[VALUES + 1]).isEqualTo(6.0);
    assertThat(record.integers[VALUES + 2]).isEqualTo(1);
    assertThat(record.texts[VALUES + 3].value).isEqualTo("d1 pump");
    assertThat(Instant.ofEpochMilli(record.integers[VALUES + 4]))
        .isEqualTo(Instant.parse("1970-01-01T12:00:00Z"));
    assertThat(record.numbers[VALUES + 5]).isEqualTo(360);
    assertThat(record.numbers[VALUES + 6]).isEqualTo(1.0);
  }

  @Test
  void columnsOfValuesThatAreAbsentAreNullAndNothingStaysOfTheEventBefore() {
    columnsFollowFromTheValues();
    decode("{\"t\": 1}");

    assertThat(record.isValid()).isTrue();
    for (int i : new int[] {0, 1, 2, 3, 5, 6}) {
      assertThat(record.numbers[VALUES + i]).isNaN();
      assertThat(record.integers[VALUES + i]).isEqualTo(EventRecord.ABSENT);
      assertThat(record.texts[VALUES + i]).isNull();
    }
  }

  @Test
  void theVersionOfTheRulesIsThatOfTheContractAndSettingsStillCount() {
    assertThat(RULES.version()).isEqualTo(4);
    Rules changed = RULES.with("temp", new Range(0, 10), Severity.REJECT);
    assertThat(changed.version()).isBetween(4_000_001, 4_999_999);
    RecordDecoder strict = RecordDecoder.of(changed);

    record.body = "{\"t\": 11, \"volts\": 2}".getBytes(UTF_8);
    strict.decode(record, ENQUEUED, event -> {});
    assertThat(record.reasonCode()).isEqualTo("OUT_OF_RANGE");
    record.body = "{\"t\": 9, \"volts\": 2}".getBytes(UTF_8);
    strict.decode(record, ENQUEUED, event -> {});
    assertThat(record.reasonCode()).isEqualTo("FLAT");
  }

  @Test
  void theDetailIsShortHoweverLongTheRuleAndItsValuesAre() {
    String fields =
        IntStream.range(0, 20)
            .mapToObj(i -> "  s%d: {type: string}\n".formatted(i))
            .collect(Collectors.joining());
    String check =
        IntStream.range(0, 20).mapToObj(i -> "s" + i + " == 'x'").collect(Collectors.joining("||"));
    Rules rules =
        Rules.of(
            ContractReader.read(
                "t.yaml",
                FIELDS + fields + "rules: [{code: X, check: \"" + check + "\"}]\n" + GOLD));
    String body =
        IntStream.range(0, 20)
            .mapToObj(i -> "\"s%d\": \"%s\"".formatted(i, "\u00fc".repeat(256)))
            .collect(Collectors.joining(","));

    record.body = ("{\"t\": 1," + body + "}").getBytes(UTF_8);
    RecordDecoder.of(rules).decode(record, ENQUEUED, event -> {});

    assertThat(record.reasonCode()).isEqualTo("X");
    assertThat(record.detail).hasSizeLessThan(1000).endsWith(", ...").isASCII();
  }

  @ParameterizedTest
  @EnumSource(RejectReason.class)
  void noRuleHasTheCodeOfAReasonOfTheJob(RejectReason reason) {
    String rules = "rules: [{code: %s, check: on}]\n".formatted(reason);

    assertThatThrownBy(() -> ContractReader.read("t.yaml", FIELDS + rules + GOLD))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("is a reason of the job");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void withAnyExpressionsTheFastDecoderGivesWhatTheStrictOneDoes(long seed) {
    Random random = new Random(seed);
    Rules rules = Rules.of(ContractReader.read("t.yaml", FIELDS + expressions(random) + GOLD));
    RecordDecoder fast = RecordDecoder.of(rules);
    RecordDecoder strict = new RecordDecoder(new JsonEventDecoder(rules), rules);
    EventRecord expected = new EventRecord();
    record.enqueuedTime = ENQUEUED;
    expected.enqueuedTime = ENQUEUED;
    int judged = 0;
    for (int i = 0; i < 3_000; i++) {
      record.body = RandomDevices.body(random).getBytes(UTF_8);
      expected.body = record.body;
      fast.decode(record, ENQUEUED, event -> {});
      strict.decode(expected, ENQUEUED, event -> {});
      assertThat(content(record))
          .as(() -> new String(record.body, UTF_8))
          .isEqualTo(content(expected));
      boolean isJudged = record.isValid() || record.reason == RejectReason.BROKEN_RULE;
      judged += isJudged ? 1 : 0;
    }
    assertThat(judged).isGreaterThan(300);
  }

  /** A few rules that hold mostly, and columns, of random parts. */
  private static String expressions(Random random) {
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < 4; i++) {
      text.append("  - {code: R%d, severity: ".formatted(i))
          .append(random.nextBoolean() ? "warn" : "reject")
          .append(", check: \"%s || %s\"}\n".formatted(condition(random), condition(random)));
    }
    text.append("silver:\n");
    for (int i = 0; i < 4; i++) {
      text.append(
          "  c%d: \"%s ? %s : %s\"\n"
              .formatted(i, condition(random), number(random), number(random)));
    }
    return text.append("  label: deviceId + note\n").toString();
  }

  private static String condition(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> number(random) + " < " + number(random);
      case 1 -> "on";
      case 2 -> "has(kind) && kind != 'CO2'";
      case 3 -> "note.size() < " + random.nextInt(9);
      case 4 -> "seen < eventTime";
      case 5 -> "!(" + condition(random) + ")";
      default -> "(" + condition(random) + " && " + condition(random) + ")";
    };
  }

  private static String number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "temp";
      case 1 -> "volts";
      case 2 -> "double(count)";
      case 3 -> "from";
      case 4 -> random.nextInt(100) + ".5";
      default -> "(" + number(random) + " / " + number(random) + ")";
    };
  }

  private static List<Object> content(EventRecord record) {
    boolean isValid = record.isValid();
    return Arrays.asList(
        isValid ? "" : record.reasonCode(),
        record.detail,
        BitSet.valueOf(record.qualityFlags),
        isValid ? Arrays.toString(record.numbers) : "",
        isValid ? Arrays.toString(record.integers) : "",
        isValid ? Arrays.toString(record.texts) : "");
  }
}
