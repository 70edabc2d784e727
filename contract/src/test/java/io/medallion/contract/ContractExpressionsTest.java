package io.medallion.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.expressions.ExpressionCompiler;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.NumberFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and derived columns by expressions, as they are read. */
class ContractExpressionsTest {

  private static final String GOOD =
      """
      contract: devices
      version: 1
      event:
        key: {column: deviceId, from: [field deviceId]}
        time: {from: [enqueued time]}
      fields:
        temperature: {type: double, range: [-50, 50], severity: warn}
        humidity: {type: double}
        direction: {type: compass}
        count: {type: long}
        on: {type: boolean}
        type: {type: string}
        seen: {type: timestamp}
      rules:
        - {code: TOO_HUMID, check: "humidity < 120 || temperature > 0", severity: warn, description: d}
        - code: STALE
          check: |
            !has(seen) ||
              eventTime - seen < duration('1h')
      silver:
        dew: dewPoint(temperature, humidity)
        heat: {as: "temperature > 27.0 ? temperature + humidity / 10.0 : temperature", type: double, unit: °C}
        half: {as: count / 2, type: double}
        label: "deviceId + '/' + type"
      gold:
        by_label: {by: label, columns: {n: count(half), heat: avg(heat), most: mostFrequent(label)}}
      """;

  @Test
  void rulesAndColumnsAreWhatTheFileSays() {
    Contract contract = ContractReader.read("t.yaml", GOOD);

    assertThat(contract.rules()).extracting(Rule::code).containsExactly("TOO_HUMID", "STALE");
    assertThat(contract.rules())
        .extracting(Rule::severity)
        .containsExactly(Severity.WARN, Severity.REJECT);
    assertThat(contract.rules().get(0).description()).isEqualTo("d");
    assertThat(contract.rules().get(1).check().names()).containsExactly("seen", "eventTime");
    assertThat(contract.computed())
        .extracting(DerivedColumn::name)
        .containsExactly("heat", "half", "label");
    assertThat(contract.computed())
        .extracting(column -> column.formula().type())
        .containsExactly(ValueType.DOUBLE, ValueType.DOUBLE, ValueType.STRING);
    assertThat(contract.derived("heat").orElseThrow().unit()).isEqualTo("°C");
    assertThat(contract.derived("dew").orElseThrow().formula())
        .isEqualTo(new Formula.Call(NumberFunction.DEW_POINT, List.of("temperature", "humidity")));
    assertThat(contract.valueCount()).isEqualTo(10);
    assertThat(contract.placeOf("type")).isEqualTo(5);
    assertThat(contract.placeOf("half")).isEqualTo(8);
    assertThat(contract.placeOf("dew")).isEqualTo(-1);
  }

  @Test
  void aColumnFollowsFromNamedValues() {
    Contract contract = ContractReader.read("t.yaml", GOOD);
    Map<String, Object> values =
        Map.of(
            "temperature",
            30.0,
            "humidity",
            100.0,
            "count",
            5L,
            "deviceId",
            "d",
            "type",
            "x",
            "eventTime",
            Instant.EPOCH);

    assertThat(contract.silver())
        .extracting(column -> column.formula().of(values::get))
        .satisfiesExactly(
            dew -> assertThat((double) dew).isBetween(29.9, 30.1),
            heat -> assertThat(heat).isEqualTo(40.0),
            half -> assertThat(half).isEqualTo(2.0),
            label -> assertThat(label).isEqualTo("d/x"));
    assertThat(contract.silver())
        .extracting(column -> column.formula().of(Map.of()::get))
        .containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dewPoint(temperature, humidity)   | false
          beaufort( temperature )           | false
          degrees(direction)                | false
          fahrenheit(count)                 | false
          dewPoint(temperature, 50)         | true
          fahrenheit(temperature) + 1       | true
          double(count)                     | true
          (beaufort(temperature))           | true
          """)
  void aCallOfALibraryFunctionOnFieldsNeedsNoCel(String formula, boolean isComputed) {
    Contract contract =
        ContractReader.read("t.yaml", GOOD.replace("dewPoint(temperature, humidity)", formula));

    assertThat(contract.derived("dew").orElseThrow().isComputed()).isEqualTo(isComputed);
  }

  @Test
  void aContractOnItsWayKeepsItsRulesAndOtherRanges() throws Exception {
    Contract contract = ContractReader.read("t.yaml", GOOD);
    List<Field> fields = new ArrayList<>(contract.fields());
    fields.set(0, fields.get(0).with(new Range(0, 10), Severity.REJECT));
    Contract changed = contract.with(fields);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(changed);
    }

    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(changed).isNotEqualTo(contract);
    assertThat(((Contract) copy).rules()).hasSize(2);
  }

  @Test
  void theExpressionsInTheDocumentAreWhatItSays() throws Exception {
    ExpressionCompiler compiler =
        new ExpressionCompiler(
            Map.of(
                "temperature", ValueType.DOUBLE,
                "humidity", ValueType.DOUBLE,
                "count", ValueType.LONG,
                "status", ValueType.STRING,
                "eventTime", ValueType.TIMESTAMP));
    Map<String, Object> values =
        Map.of(
            "temperature",
            21.5,
            "count",
            7L,
            "status",
            "ok",
            "eventTime",
            Instant.parse("2026-11-25T12:30:00Z"));
    List<String[]> rows =
        Files.readAllLines(Path.of("../docs/contract.md")).stream()
            .dropWhile(line -> !line.startsWith("| expression |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replace("\\|", "\0").split("\\|"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(20);
    for (String[] row : rows) {
      String text = row[1].replace('\0', '|').replace("`", "").strip();
      String expected = row[2].replace("`", "").strip();
      Object value = compiler.compile(text).of(values::get);
      assertThat(value == null ? "unknown" : value.toString()).as(text).isEqualTo(expected);
    }
  }

  record Broken(String from, String to, String message) {
    @Override
    public String toString() {
      return to.isEmpty() ? "without " + from : to.replace("\n", " ");
    }
  }

  private static final String CHECK = "humidity < 120 || temperature > 0";
  private static final String HEAT =
      "temperature > 27.0 ? temperature + humidity / 10.0 : temperature";

  static List<Broken> broken() {
    List<Broken> all = new ArrayList<>();
    check(
        all, "humidity < 120 || temperatur > 0", "t.yaml:15:49: no expression in CEL: undeclared");
    check(all, "humidity < 120 ||", "t.yaml:15:48: no expression in CEL: mismatched input '<EOF>'");
    check(all, "humidity < 'a'", "t.yaml:15:40: no expression in CEL: found no matching overload");
    check(all, "humidity + 1", "t.yaml:15:30: a rule is true or false, and this gives a double");
    check(all, "count", "this gives a long");
    check(all, "type", "this gives a string");
    check(all, "1 > 2", "t.yaml:15:30: the rule is about no field");
    check(all, " ", "t.yaml:15:30: an expression has 1 to 1000 characters");
    check(all, "on || ".repeat(170) + "on", "1 to 1000 characters, and this one 1022");
    check(all, "(".repeat(100) + "on" + ")".repeat(100), "recursion limit exceeded");
    check(all, "type == null", "t.yaml:15:36: no expression in CEL: found no matching overload");
    check(all, "count == 3.5 ? on : 1", "found no matching overload for '_?_:_'");
    check(
        all, "type.matches('(')", "t.yaml:15:44: no expression in CEL: the pattern is none of RE2");
    check(all, "type.matches(deviceId)", "the pattern of matches() is a literal");
    check(all, "[count].exists(c, c > 1)", "undeclared reference");
    check(all, "dew > 1", "undeclared reference to 'dew'");
    check(all, "eventId == 'a'", "undeclared reference to 'eventId'");
    check(all, "has(type.x)", "has() takes the name of a field");
    check(all, "google.protobuf.Timestamp{seconds: 1} < seen", "no expression in CEL");
    // A place in a block of lines, and one in a text that is not written as it reads.
    add(all, "eventTime - seen <", "eventTime - seem <", "t.yaml:19:21: no expression in CEL: und");
    add(all, "!has(seen) ||", "!has(sean) ||", "t.yaml:18:11: no expression in CEL: undeclared");
    add(
        all,
        "\"" + CHECK + "\"",
        "\"\\x68umidity > 'a'\"",
        "t.yaml:15:30: at its line 1, character 10: no expression in CEL");
    add(
        all,
        "\"" + CHECK + "\"",
        "humidity > 1 &&\n        tipe == 'a'",
        "t.yaml:15:30: at its line 1, character 17: no expression in CEL: undeclared");
    add(all, "\"" + CHECK + "\"", "[a, b]", "t.yaml:15:30: a single value belongs here");
    add(
        all,
        "code: TOO_HUMID",
        "code: too_humid",
        "t.yaml:15:12: 'too_humid' can't be a rule's code");
    add(all, "code: TOO_HUMID", "code: " + "A".repeat(65), "can't be a rule's code");
    add(all, "code: TOO_HUMID", "code: OUT_OF_RANGE", "'OUT_OF_RANGE' is a reason of the job");
    add(all, "code: TOO_HUMID", "code: REDRIVEN", "'REDRIVEN' is a reason of the job");
    add(all, "code: STALE", "code: TOO_HUMID", "t.yaml:16:11: there is a rule 'TOO_HUMID' already");
    add(all, "code: TOO_HUMID, ", "", "t.yaml:15:5: 'code' is missing");
    add(all, "check: |", "chek: |", "'check' is missing");
    add(all, "severity: warn, desc", "severity: mild, desc", "'mild' is none of reject, warn");
    add(
        all,
        "description: d}",
        "colour: red}",
        "'colour' is not known here; known are code, check");
    add(
        all,
        GOOD.substring(GOOD.indexOf("  - {code"), GOOD.indexOf("silver:")),
        IntStream.range(0, 65)
            .mapToObj(i -> "  - {code: R%d, check: on}\n".formatted(i))
            .collect(Collectors.joining()),
        "t.yaml:15:3: 65 rules; 64 are allowed");
    heat(
        all,
        "temperature > 27.0 ? temperature : 0",
        "t.yaml:22:34: no expression in CEL: found no");
    heat(all, "temprature + 1", "t.yaml:22:15: no expression in CEL: undeclared reference");
    heat(all, "[temperature]", "t.yaml:22:15: no expression in CEL: it gives list");
    heat(all, "seen - eventTime", "it gives duration");
    heat(all, "type", "t.yaml:22:28: the expression gives a string, no double");
    add(all, "type: double, unit: °C}", "type: date}", "'date' is none of double, long, boolean");
    add(all, "type: double, unit: °C}", "type: long}", "the expression gives a double, no long");
    add(all, "label: \"", "temperature: \"", "the column 'temperature' is there already");
    add(all, "as: count / 2", "is: count / 2", "'as' is missing: an expression");
    add(all, "as: count / 2", "as: plus(count)", "plus takes 2 arguments, not 1");
    add(all, "as: count / 2", "as: 'plus(count, type)'", "'type' is no field with numbers");
    add(
        all,
        "by: label",
        "by: heat",
        "'heat' is no column with texts; there are deviceId, type, label");
    add(all, "avg(heat)", "avg(label)", "'label' is no column with numbers");
    add(all, "avg(heat)", "count + 1", "'count + 1' is no call of a function on columns");
    add(
        all,
        "  dew: dewPoint(temperature, humidity)\n",
        IntStream.range(0, 257)
            .mapToObj(i -> "  c%d: count + %d\n".formatted(i, i))
            .collect(Collectors.joining()),
        "t.yaml:21:3: at most 256 columns are expressions");
    return all;
  }

  private static void check(List<Broken> all, String check, String message) {
    add(all, CHECK, check, message);
  }

  private static void heat(List<Broken> all, String formula, String message) {
    add(all, HEAT, formula, message);
  }

  private static void add(List<Broken> all, String from, String to, String message) {
    all.add(new Broken(from, to, message));
  }

  @ParameterizedTest
  @MethodSource
  void broken(Broken broken) {
    String text = GOOD.replace(broken.from(), broken.to());
    assertThat(text).isNotEqualTo(GOOD);

    assertThatThrownBy(() -> ContractReader.read("t.yaml", text))
        .isInstanceOf(ContractException.class)
        .hasMessageStartingWith("t.yaml:")
        .hasMessageContaining(broken.message())
        .hasMessageNotContaining("\n");
  }
}
