package io.medallion.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Aggregate.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContractReaderTest {

  private static final String GOOD =
      """
      contract: telemetry
      version: 1
      event:
        key: {column: deviceId, from: [field deviceId, header device, record key]}
        time: {from: [field createdAt, enqueued time], format: iso}
        id: {from: field eventId}
      fields:
        value: {type: double, range: [0, 100], severity: warn, unit: °C}
        kind: {type: string, values: [CO2, TEMP], onInvalid: null}
        x: {type: double, from: [/complexData/x, x], scale: 2, offset: -1, acceptText: true}
        count: {type: long, required: true}
      silver:
        twice: plus(value, x)
      gold:
        by_device:
          window: 1 h
          by: deviceId
          columns:
            events: count()
            mean: {as: avg(value), unit: °C}
        total:
          window: 1 h
          like: by_device
          columns: {devices: countDistinct(deviceId)}
      """;

  @Test
  void aContractSaysWhatItsFileSays() {
    Contract contract = ContractReader.read("t.yaml", GOOD);

    assertThat(contract.name()).isEqualTo("telemetry");
    assertThat(contract.text()).isEqualTo(GOOD);
    assertThat(contract.keyColumn()).isEqualTo("deviceId");
    assertThat(contract.event().key().from())
        .containsExactly(
            new Origin.InField(new JsonPath(List.of("deviceId"))),
            new Origin.InHeader("device"),
            new Origin.RecordKey());
    assertThat(contract.event().timeFormat().epoch()).isEmpty();
    Field x = contract.field("x").orElseThrow();
    assertThat(x.paths())
        .containsExactly(new JsonPath(List.of("complexData", "x")), new JsonPath(List.of("x")));
    assertThat(x.scale()).isEqualTo(2);
    assertThat(x.offset()).isEqualTo(-1);
    assertThat(x.acceptsText()).isTrue();
    assertThat(contract.field("kind").orElseThrow().onInvalid()).isEqualTo(Severity.WARN);
    assertThat(contract.derived("twice").orElseThrow().formula().text())
        .isEqualTo("plus(value, x)");
    GoldTable byDevice = contract.gold().get(0);
    assertThat(byDevice.window()).contains(Duration.ofHours(1));
    assertThat(byDevice.columns())
        .containsExactly(
            new GoldTable.Column("events", new Aggregate(Function.COUNT, List.of()), ""),
            new GoldTable.Column("mean", new Aggregate(Function.AVG, List.of("value")), "°C"));
    GoldTable total = contract.gold().get(1);
    assertThat(total.by()).isEmpty();
    assertThat(total.columns())
        .extracting(GoldTable.Column::name)
        .containsExactly("devices", "events", "mean");
  }

  @Test
  void theWeatherIsInTheJar() {
    Contract weather = ContractReader.standard();

    assertThat(weather.version()).isEqualTo(3);
    assertThat(weather.fields())
        .extracting(Field::name)
        .containsExactly(
            "temperature", "humidity", "windSpeed", "windDirection", "precipitation", "conditions");
    assertThat(weather.gold())
        .extracting(GoldTable::name)
        .containsExactly("weather_by_station", "weather_summary");
    assertThat(ContractReader.shipped("no-such")).isEqualTo(Optional.empty());
    assertThat(ContractReader.shipped("../weather")).isEqualTo(Optional.empty());
  }

  @Test
  void fieldsOfAnEnvelopeAreBelowItsDataUnlessTheirPathIsWhole() {
    Contract contract =
        ContractReader.read(
            "t.yaml",
            GOOD.replace("event:\n", "event:\n  data: /body/data\n")
                .replace("[/complexData/x, x]", "[/outer, x]"));

    assertThat(contract.field("x").orElseThrow().paths())
        .containsExactly(
            new JsonPath(List.of("outer")), new JsonPath(List.of("body", "data", "x")));
    assertThat(contract.field("value").orElseThrow().paths())
        .containsExactly(new JsonPath(List.of("body", "data", "value")));
  }

  @Test
  void theContractInTheDocumentIsOne() throws IOException {
    String document = Files.readString(Path.of("../docs/contract.md"));
    String example = document.split("```yaml\n", 2)[1].split("```", 2)[0];

    assertThat(ContractReader.read("docs/contract.md", example).gold()).hasSize(2);
  }

  @Test
  void aFileThatIsNotThereIsSaidWithWhatShips() {
    assertThatThrownBy(() -> ContractReader.read(Path.of("no-such")))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "There is no file 'no-such', and no contract of that name ships; these do: weather, telemetry");
    assertThat(ContractReader.shipped("telemetry")).isPresent();
  }

  record Broken(String from, String to, String message) {
    @Override
    public String toString() {
      return to.isEmpty() ? "without " + from : to.replace("\n", " ");
    }
  }

  private static void add(List<Broken> all, String from, String to, String message) {
    all.add(new Broken(from, to, message));
  }

  static List<Broken> broken() {
    List<Broken> all = new ArrayList<>();
    add(all, GOOD, "", "t.yaml:1:1: the file is empty");
    add(all, GOOD, "- a", "t.yaml:1:1: a contract belongs here");
    add(all, "version: 1", "version: [", "no YAML");
    add(all, "contract: telemetry\n", "", "t.yaml:1:1: 'contract' is missing");
    add(all, "telemetry", "9x", "t.yaml:1:11: '9x' is no name");
    add(all, "version: 1", "version: 0", "t.yaml:2:10: '0' is no whole number from 1 to 2000");
    add(all, "version: 1", "version: 1\nversion: 2", "t.yaml:3:1: 'version' is there twice");
    add(all, "version: 1", "verison: 1", "'version' is missing");
    add(all, "version: 1", "version: 1\ncolour: red", "t.yaml:3:1: 'colour' is not known here");
    add(all, "column: deviceId", "column: 1d", "t.yaml:4:17: '1d' can't be the name of a column");
    add(all, "column: deviceId", "column: eventTime", "is there in every lake");
    add(all, "column: deviceId, ", "", "'column' is missing");
    add(all, "from: [field deviceId,", "from: [deviceId,", "t.yaml:4:34: 'deviceId' is not 'field");
    add(all, "header device", "field deviceId", "'field deviceId' is there twice");
    add(all, "header device", "header", "'header' is not 'field NAME'");
    add(all, "format: iso", "format: unix", "t.yaml:5:58: 'unix' is not iso, or epoch s");
    add(all, "format: iso", "format: iso, timeZone: Paris", "'Paris' is no time zone");
    add(all, "from: field eventId", "from: enqueued time", "the enqueued time is no id");
    add(all, "  id:", "  tolerate: [tea]\n  id:", "'tea' is none of byte order mark, nuls, gzip");
    add(all, "type: long", "type: int", "t.yaml:11:17: 'int' is none of double, long, boolean");
    add(all, "count: {", "eventId: {", "t.yaml:11:3: the column 'eventId' is there in every lake");
    add(all, "count: {", "VALUE: {", "the column 'value' is there already");
    add(all, "count: {", "deviceID: {", "the column 'deviceId' is there already");
    add(all, "count: {", "\"a b\": {", "'a b' can't be the name of a column");
    add(all, "required: true", "required: yes", "'yes' is neither true nor false");
    add(all, "required: true", "needed: true", "'needed' is not known here");
    add(all, "[0, 100]", "[100, 0]", "t.yaml:8:32: the first number is not below the second");
    add(all, "[0, 100]", "[0, 1e300]", "is not within the limits");
    add(all, "[0, 100]", "[0]", "two numbers belong here");
    add(all, "[0, 100]", "[0, hot]", "t.yaml:8:36: 'hot' is no number");
    add(all, "[0, 100]", "[0, 1e999]", "'1e999' is no number");
    add(all, "range: [0, 100], ", "", "a severity is that of a range, and there is none");
    add(all, "severity: warn", "severity: mild", "'mild' is none of reject, warn");
    add(all, "values: [CO2", "range: [1, 2], values: [CO2", "only numbers, of type double or long");
    add(all, "kind: {type: string", "kind: {type: long", "only texts, of type string");
    add(all, "onInvalid: null", "onInvalid: skip", "'skip' is neither null nor reject");
    add(all, "required: true", "required: true, onInvalid: null", "can't become null");
    add(all, "scale: 2", "scale: 0", "a scale of 0 makes all numbers the same");
    add(all, "header device", "enqueued time", "the enqueued time groups no events");
    add(all, "header device, record key]", "record key], otherwise: ''", "'otherwise' is a text");
    add(
        all,
        "  total:",
        "  x: {window: 1 h, columns: {d: countDistinct(deviceId)}}\n  y: {window: 1 h, by: kind, like: x}\n  total:",
        "'d' of 'x' is for tables over everything");
    add(all, GOOD, "[".repeat(500_000), "t.yaml");
    add(all, "required: true", "scale: 2", "only numbers of type double are converted");
    add(all, "kind: {type: string", "kind: {type: string, acceptText: true", "may come in quotes");
    add(all, "kind: {type: string", "kind: {type: string, maxLength: 900", "from 1 to 256");
    add(all, "kind: {type: string", "kind: {type: string, format: iso", "only a timestamp");
    add(all, "/complexData/x, x", "/value/x, x", "'/value/x' can't be read beside 'value'");
    add(all, "/complexData/x, x", "value", "'value' can't be read beside 'value'");
    add(
        all,
        "/complexData/x, x",
        "/a~2",
        "is not a name, or a JSON pointer as '/main/temp' or '/v");
    add(all, "/complexData/x, x", "'/a/[b]/c'", "'/a/[b]/c' is not a name, or a JSON pointer");
    add(all, "/complexData/x, x", "'/a/[=b]/c'", "'/a/[=b]/c' is not a name, or a JSON pointer");
    add(all, "plus(value, x)", "plus(value)", "plus takes 2 arguments, not 1");
    add(
        all,
        "plus(value, x)",
        "pluss(value, x)",
        "t.yaml:13:15: no expression in CEL: undeclared reference to 'pluss'");
    add(all, "plus(value, x)", "plus(value, kind)", "'kind' is no field with numbers");
    add(all, "plus(value, x)", "plus(value, y)", "'y' is no field with numbers");
    StringBuilder sizes = new StringBuilder();
    for (int i = 2; i <= 17; i++) {
      sizes.append("  t%d: {window: %d h, columns: {d: count()}}\n".formatted(i, i));
    }
    add(all, "  total:", sizes + "  total:", "windows of 17 sizes; at most 16 are allowed");
    String on = "on: {type: boolean, %s}\n  count: {";
    String level = "level: {type: double, %s}\n  count: {";
    String seen = "seen: {type: timestamp, format: %s}\n  count: {";
    add(all, "[field deviceId, header", "[[field deviceId], header", "has at least two parts");
    add(all, "[field deviceId, header device", "[[field a, field a]", "'field a' is there twice");
    add(
        all,
        "[field deviceId, header device",
        "[[field a, enqueued time]",
        "t.yaml:4:44: the enqu");
    add(
        all,
        "[field deviceId, header device",
        "[[field a, [field b]]",
        "t.yaml:4:44: only a key is joined");
    add(all, "record key]}", "record key], join: ab}", "'ab' is no single printable character");
    add(all, "from: field eventId", "from: [[field a, field b]]", "only a key is joined");
    add(all, "format: iso", "format: lenient epoch s", "t.yaml:5:58: 'lenient epoch s' is not iso");
    add(all, "format: iso", "format: iso, acceptText: true", "of the format 'iso' are no numbers");
    String noDay = "as in 'pattern dd.MM.yyyy HH:mm:ss': it tells no day of a year";
    add(all, "format: iso", "format: pattern dd.MM. HH:mm", noDay);
    add(all, "format: iso", "format: pattern YYYY-MM-dd HH:mm", noDay);
    add(all, "format: iso", "format: pattern dd.MM.yyyy hh:mm", "hours of a half day need its a");
    add(all, "format: iso", "format: pattern dd.MM.yyyy jj", "Unknown pattern letter: j");
    add(
        all,
        "header device",
        "[field a, header b], [field a, header b]",
        "t.yaml:4:71: '[field a, header b]' is there twice");
    add(
        all,
        "event:\n",
        "event:\n  records: array\n  data: '/list/[name=a]/x'\n",
        "t.yaml:5:9: '/list/[name=a]/x' leads through an element told by its value");
    add(
        all,
        "format: iso",
        "format: pattern dd.MM.yyyy HH:mm",
        "not all times of 'dd.MM.yyyy HH:mm' tell an offset: say in 'timeZone'");
    add(all, "count: {", seen.formatted("pattern yyyyMMdd"), "11:35: not all times of 'yyyyMMdd'");
    add(
        all,
        "format: iso",
        "format: 'pattern yyyy-MM-dd HH:mm:ss[XXX]'",
        "t.yaml:5:58: not all times of 'yyyy-MM-dd HH:mm:ss[XXX]' tell an offset");
    add(all, "kind: {type: string", "kind: {type: compass, acceptText: true", "may come in quotes");
    add(all, "count: {", "count: {acceptNumber: true, ", "t.yaml:11:25: only a text");
    add(all, "count: {", level.formatted("decimalChar: ','"), "t.yaml:11:38: only numbers");
    add(all, "count: {", level.formatted("acceptText: true, decimalChar: x"), "'x' is neither ','");
    add(all, "count: {", level.formatted("trueValues: 1"), "only a boolean has values for true");
    add(
        all,
        "count: {",
        on.formatted("trueValues: 1, falseValues: [0, 1.0]"),
        "both true and false");
    add(all, "count: {", on.formatted("missingValues: a, falseValues: a"), "for nothing else");
    add(all, "events: count()", "events: first()", "first does not take 0 columns");
    add(all, "events: count()", "events: last(none)", "there is no column 'none'");
    add(all, "window: 1 h", "window: 1 week", "t.yaml:16:13: '1 week' is no duration");
    add(all, "window: 1 h", "window: 0 s", "a window is longer than nothing");
    add(all, "by: deviceId", "by: value", "'value' is no column with texts; there are deviceId");
    add(all, "events: count()", "events: counts()", "there is no aggregate 'counts'");
    add(all, "events: count()", "events: avg(kind)", "'kind' is no column with numbers");
    add(all, "events: count()", "events: avg()", "avg does not take 0 columns");
    add(all, "events: count()", "events: mostFrequent(value)", "is no column with texts");
    add(all, "events: count()", "events: countDistinct(deviceId)", "a table over everything");
    add(all, "events: count()", "deviceId: count()", "the column 'deviceId' is there already");
    add(all, "countDistinct(deviceId)", "countDistinct(kind)", "is of the key 'deviceId'");
    add(all, "like: by_device", "like: by_devise", "there is no table 'by_devise' before");
    add(all, "{devices: countDistinct", "{events: countDistinct", "'events' is there already");
    add(all, "  by_device:\n", "  By Device:\n", "'By Device' can't be a table's name");
    add(all, GOOD.substring(GOOD.indexOf("  by_device")), "  t: {by: kind}", "no columns");
    add(all, GOOD.substring(GOOD.indexOf("gold:")), "", "'gold' is missing");
    add(all, GOOD.substring(GOOD.indexOf("gold:")), "gold: {}", "0 tables; 1 to 64 are allowed");
    return all;
  }

  @ParameterizedTest
  @MethodSource
  void broken(Broken broken) {
    String text = GOOD.replace(broken.from(), broken.to());
    assertThat(text).isNotEqualTo(GOOD);

    assertThatThrownBy(() -> ContractReader.read("t.yaml", text))
        .isInstanceOf(ContractException.class)
        .hasMessageStartingWith("t.yaml")
        .hasMessageContaining(broken.message())
        .hasMessageNotContaining("\n");
  }

  @Test
  void tablesMayHaveWindowsOfDifferentSizesAndAnyColumnAFirstAndLastValue() {
    List<GoldTable> gold =
        ContractReader.read(
                "t.yaml",
                GOOD.replace("total:\n    window: 1 h", "total:\n    window: 1 d")
                    .replace(
                        "events: count()",
                        "a: first(kind)\n      b: last(value)\n      c: last(twice)"))
            .gold();

    assertThat(gold)
        .extracting(GoldTable::window)
        .containsExactly(Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofDays(1)));
    assertThat(gold.get(0).columns())
        .extracting(column -> column.aggregate().toString())
        .startsWith("first(kind)", "last(value)", "last(twice)");
  }

  @Test
  void aKeyCanBeJoinedOfSeveralValues() {
    EventForm.Key key =
        ContractReader.read(
                "t.yaml",
                GOOD.replace(
                    "[field deviceId, header device, record key]",
                    "[[header device, field n], record key], join: ':'"))
            .event()
            .key();

    assertThat(key.join()).isEqualTo(":");
    assertThat(key.from())
        .containsExactly(
            new Origin.Joined(
                List.of(
                    new Origin.InHeader("device"), new Origin.InField(new JsonPath(List.of("n"))))),
            new Origin.RecordKey());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dd.MM.yyyy HH:mm:ss        | 1000     | 31.12.2026 23:59:58          | 2026-12-31T22:59:58Z
          yyyyMMddHHmmssSSS          | 1        | 20261231235958123            | 2026-12-31T22:59:58.123Z
          M/d/yy h:mm a              | 60000    | 7/4/26 5:09 pm               | 2026-07-04T15:09:00Z
          EEE, d MMM yyyy HH:mm:ss Z | 1000     | Fri, 27 Nov 2026 03:00:00 +0500 | 2026-11-26T22:00:00Z
          yyyy-MM-dd HH:mm VV        | 60000    | 2026-07-01 12:00 America/New_York | 2026-07-01T16:00:00Z
          yyyy-MM-dd                 | 86400000 | 2026-11-27                   | 2026-11-26T23:00:00Z
          yyyy-MM-dd HH:mm[XXX]      | 60000    | 2026-11-27 12:00             | 2026-11-27T11:00:00Z
          yyyy-MM-dd HH:mm[XXX]      | 60000    | 2026-11-27 12:00-02:00       | 2026-11-27T14:00:00Z
          yyyy-MM-dd                 | 86400000 | 2026-02-30                   |
          """)
  void aPatternReadsTimesStrictly(String pattern, long unit, String text, Instant time) {
    TimePattern read =
        TimeFormat.parse("pattern " + pattern).flatMap(TimeFormat::pattern).orElseThrow();
    Optional<ZoneId> zone = Optional.of(ZoneId.of("Europe/Berlin"));

    assertThat(read.unitMillis()).isEqualTo(unit);
    if (time == null) {
      assertThatThrownBy(() -> read.millis(text, zone)).isInstanceOf(DateTimeException.class);
    } else {
      assertThat(Instant.ofEpochMilli(read.millis(text, zone))).isEqualTo(time);
      assertThat(read.millis(read.written(time.toEpochMilli(), zone.get()), zone))
          .isEqualTo(time.toEpochMilli());
    }
  }

  @Test
  void aTimeWithoutAnOffsetIsNoneWhereNoZoneIsKnown() {
    TimePattern pattern = TimePattern.parse("yyyy-MM-dd HH:mm[XXX]");

    assertThatThrownBy(() -> pattern.millis("2026-11-27 12:00", Optional.empty()))
        .isInstanceOf(DateTimeException.class);
  }

  @Test
  void aDayWithAnOffsetBeginsThere() {
    TimePattern pattern = TimePattern.parse("yyyy-MM-ddXXX");

    assertThat(Instant.ofEpochMilli(pattern.millis("2026-11-27+05:00", Optional.empty())))
        .isEqualTo("2026-11-26T19:00:00Z");
  }

  @Test
  void aFileOfAliasesWithoutEndIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 100; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThatThrownBy(() -> ContractReader.read("t.yaml", bomb.toString()))
        .isInstanceOf(ContractException.class);
  }
}
