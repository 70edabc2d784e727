package io.medallion.contract.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.compare.Difference.Kind;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractDiffTest {

  private static final String OLD =
      """
      contract: devices
      version: 1
      description: Devices
      event:
        key: {column: deviceId, from: [field deviceId, header device]}
        time: {from: [field at, enqueued time], format: iso or epoch ms}
        id: {from: [field id]}
        tolerate: [nuls]
      fields:
        temperature: {type: double, range: [-90, 70], unit: °C, description: Air}
        count: {type: long, required: true}
        state: {type: string, values: [ok, low]}
        from: {type: compass}
        seen: {type: timestamp, format: iso}
        on: {type: boolean, trueValues: [ON]}
        level: {type: double, acceptText: true}
      silver:
        fahrenheit: {as: fahrenheit(temperature), unit: °F}
        twice: plus(count, count)
      gold:
        by_device:
          window: 5 min
          by: deviceId
          columns: {events: count(), mean: avg(temperature), most: max(twice)}
        total:
          window: 5 min
          columns: {events: count(), states: mostFrequent(state)}
      """;

  private static final String ALL = "silver, quarantine, late, gold/by_device, gold/total";

  static Stream<Arguments> differences() {
    return Stream.of(
        additive(
            "description: Devices",
            "description: Things",
            "contract: description Devices is Things now"),
        additive("unit: °C", "unit: K", "silver.temperature: unit °C is K now"),
        additive(
            ", description: Air",
            "",
            "silver.temperature: there is no description any more; it was Air"),
        additive("unit: °F", "unit: F", "silver.fahrenheit: unit °F is F now"),
        additive(
            "mean: avg(temperature)",
            "mean: {as: avg(temperature), unit: K}",
            "gold.by_device.mean: unit is K now; there was none"),
        additive(
            "  count: {",
            "  more: {type: long}\n  count: {",
            "silver.more: the optional field is new"),
        additive(
            "  twice:",
            "  half: ratio(count, temperature)\n  twice:",
            "silver.half: the column is new: ratio(count, temperature)"),
        additive(
            "most: max(twice)",
            "most: max(twice), least: min(twice)",
            "gold.by_device.least: the column is new: min(twice)"),
        additive(
            "gold:\n",
            "gold:\n  by_state:\n    window: 5 min\n    by: state\n    columns: {n: count()}\n",
            "gold.by_state: the table is new"),
        additive("tolerate: [nuls]", "tolerate: [nuls, gzip]", "event: gzip is tolerated now"),
        additive(
            "{type: long, required: true}",
            "{type: long, required: true, acceptText: true}",
            "silver.count: text in quotes is tolerated now"),
        additive(
            "id: {from: [field id]}",
            "id: {from: [field id], acceptNumber: true}",
            "event.id: a number is tolerated now"),
        additive(
            "header device]}",
            "header device], acceptNumber: true}",
            "event.key: a number is tolerated now"),
        additive(
            "format: iso or epoch ms}",
            "format: iso or epoch ms, timeZone: Z}",
            "event.time: a text without an offset is tolerated now: it is in timeZone Z"),
        additive(
            "values: [ok, low]",
            "values: [ok, low], onInvalid: null",
            "silver.state: an invalid value, which becomes null, is tolerated now"),
        additive(
            "{type: compass}",
            "{type: compass, from: [from, /wind/from]}",
            "silver.from: from [from] is [from, /wind/from] now"),
        additive(
            "{type: timestamp, format: iso}",
            "{type: timestamp, format: lenient iso or decimal epoch s}",
            "silver.seen: format iso is lenient iso or decimal epoch s now"),
        additive(
            "format: iso or epoch ms}",
            "format: iso or decimal epoch ms}",
            "event.time: format iso or epoch ms is iso or decimal epoch ms now"),
        additive(
            "format: iso or epoch ms}",
            "format: iso or epoch ms, acceptText: true}",
            "event.time: an epoch in quotes is tolerated now"),
        additive(
            "values: [ok, low]",
            "values: [ok, low], acceptNumber: true",
            "silver.state: a number or boolean is tolerated now"),
        additive(
            "range: [-90, 70]",
            "missingValues: [unavailable], range: [-90, 70]",
            "silver.temperature: missingValues is [unavailable] now; there was none"),
        restating(
            "range: [-90, 70]",
            "missingValues: [unavailable, -999], range: [-90, 70]",
            "silver.temperature: missingValues is [-999, unavailable] now; there was none",
            ALL),
        restating(
            "values: [ok, low]",
            "missingValues: low, values: [ok, low]",
            "silver.state: missingValues is [low] now; there was none",
            ALL),
        additive(
            "trueValues: [ON]", "trueValues: [ON, 1]", "silver.on: trueValues [ON] is [1, ON] now"),
        additive(
            "trueValues: [ON]",
            "trueValues: [ON], falseValues: [OFF]",
            "silver.on: falseValues is [OFF] now; there was none"),
        restating(
            "trueValues: [ON]", "trueValues: [on]", "silver.on: trueValues [ON] is [on] now", ALL),
        restating(
            "acceptText: true}\n",
            "acceptText: true, decimalChar: ','}\n",
            "silver.level: decimalChar . is , now",
            ALL),
        additive("header device]}", "header device], join: '-'}", "event.key: join / is - now"),
        breaking(
            "[field deviceId, header device]}",
            "[[field deviceId, header device]]}",
            "event.key: from [field deviceId, header device] is [[field deviceId, header device]] now"),
        restating(
            "range: [-90, 70]",
            "range: [-80, 60.5]",
            "silver.temperature: range [-90, 70] is [-80, 60.5] now",
            ALL),
        restating(
            "range: [-90, 70], ",
            "",
            "silver.temperature: there is no range any more; it was [-90, 70]",
            ALL),
        restating(
            "range: [-90, 70]",
            "range: [-90, 70], severity: warn",
            "silver.temperature: severity reject is warn now",
            ALL),
        restating(
            "range: [-90, 70]",
            "range: [-90, 70], limits: [-100, 100]",
            "silver.temperature: limits [-1000000000000000000, 1000000000000000000] is [-100, 100] now",
            ALL),
        restating(
            "range: [-90, 70]",
            "range: [-90, 70], scale: 0.1",
            "silver.temperature: scale 1 is 0.1 now",
            ALL),
        restating(
            "range: [-90, 70]",
            "range: [-90, 70], offset: -273.15",
            "silver.temperature: offset 0 is -273.15 now",
            ALL),
        restating(
            "values: [ok, low]",
            "values: [ok, high]",
            "silver.state: values [low, ok] is [high, ok] now",
            ALL),
        restating(
            "values: [ok, low]",
            "maxLength: 20, values: [ok, low]",
            "silver.state: maxLength 256 is 20 now",
            ALL),
        restating(
            "{type: long, required: true}",
            "{type: long}",
            "silver.count: the field is optional now",
            ALL),
        restating(
            "values: [ok, low]",
            "required: true, values: [ok, low]",
            "silver.state: the field is required now",
            ALL),
        restating(
            "  count: {",
            "  more: {type: long, required: true}\n  count: {",
            "silver.more: the field is new and required: events without it are rejected",
            ALL),
        restating(
            "{type: compass}",
            "{type: compass, from: [/wind/from]}",
            "silver.from: from [from] is [/wind/from] now",
            ALL),
        restating(
            "{type: compass}", "{type: string}", "silver.from: type compass is string now", ALL),
        restating(
            "{type: timestamp, format: iso}",
            "{type: timestamp, format: epoch s}",
            "silver.seen: format iso is epoch s now",
            ALL),
        restating(
            "twice: plus(count, count)",
            "twice: times(count, count)",
            "silver.twice: source plus(count, count) is times(count, count) now",
            "silver, late, gold/by_device"),
        restating(
            "twice: plus(count, count)",
            "twice: plus(count, temperature)",
            "silver.twice: source plus(count, count) is plus(count, temperature) now",
            "silver, late, gold/by_device"),
        restating(
            "mean: avg(temperature)",
            "mean: max(temperature)",
            "gold.by_device.mean: aggregate avg(temperature) is max(temperature) now",
            "gold/by_device"),
        restating("tolerate: [nuls]", "tolerate: []", "event: nuls is tolerated no more", ALL),
        restating(
            "format: iso or epoch ms",
            "format: epoch ms",
            "event.time: format iso or epoch ms is epoch ms now",
            ALL),
        restating(
            "[field at, enqueued time]",
            "[enqueued time]",
            "event.time: from [field at, enqueued time] is [enqueued time] now",
            ALL),
        restating(
            "id: {from: [field id]}",
            "id: {from: [header id]}",
            "event.id: from [field id] is [header id] now",
            ALL),
        restating(
            "  id: {from: [field id]}\n",
            "",
            "event.id: there is no from any more; it was [field id]",
            ALL),
        restating(
            "header device]}",
            "header device, record key]}",
            "event.key: from [field deviceId, header device] is [field deviceId, header device, record key] now",
            ALL),
        restating(
            "header device]}",
            "header device], otherwise: nobody}",
            "event.key: otherwise unknown is nobody now",
            ALL),
        restating(
            "event:\n",
            "event:\n  dataEncoding: base64\n",
            "event: dataEncoding is base64 now; there was none",
            ALL),
        additive(
            "event:\n",
            "event:\n  unknownFields: ignore\n",
            "event: unknownFields count is ignore now"),
        breaking("event:\n", "event:\n  records: array\n", "event: records object is array now"),
        restating(
            "gold:\n",
            "rules:\n  - {code: HOT, check: 'temperature < 50.0'}\ngold:\n",
            "rules.HOT: check is temperature < 50.0 (reject) now; there was none",
            ALL),
        breaking("contract: devices", "contract: things", "contract: name devices is things now"),
        breaking(
            "  seen: {type: timestamp, format: iso}\n", "", "silver.seen: the column is removed"),
        breaking(
            "{type: long, required: true}",
            "{type: double, required: true}",
            "silver.count: type of the column long is double now"),
        breaking(
            "  fahrenheit: {as: fahrenheit(temperature), unit: °F}\n",
            "",
            "silver.fahrenheit: the column is removed"),
        breaking(
            "twice: plus(count, count)",
            "twice: beaufort(count)",
            "silver.twice: type of the column double is integer now"),
        breaking(
            "header device]}",
            "record key]}",
            "event.key: from [field deviceId, header device] is [field deviceId, record key] now"),
        breaking(
            "[field deviceId, header device]}",
            "[header device, field deviceId]}",
            "event.key: from [field deviceId, header device] is [header device, field deviceId] now"),
        breaking(
            "most: max(twice)",
            "most: mostFrequent(state)",
            "gold.by_device.most: max(twice), a double, is mostFrequent(state) now, a string"),
        breaking(", mean: avg(temperature)", "", "gold.by_device.mean: the column is removed"),
        breaking("by: deviceId", "by: state", "gold.by_device: by deviceId is state now"),
        breaking("  total:", "  sum:", "gold.total: the table is removed"));
  }

  private static Arguments additive(String old, String next, String told) {
    return arguments(Kind.ADDITIVE, old, next, told);
  }

  private static Arguments restating(String old, String next, String told, String replay) {
    return arguments(Kind.RESTATING, old, next, told + "; a replay would redo " + replay);
  }

  private static Arguments breaking(String old, String next, String told) {
    return arguments(Kind.BREAKING, old, next, told);
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("differences")
  void aDifferenceIsToldWithItsPlaceAndBothValues(Kind kind, String old, String next, String told) {
    ContractDiff diff = ContractDiff.between(read(OLD), changed(old, next));

    assertThat(diff.hasDifferences()).isTrue();
    assertThat(diff.greatest()).contains(kind);
    assertThat(diff.of(kind)).extracting(Difference::toString).contains(told);
    // Beside it only that the version counted up, and a new table where one was renamed.
    assertThat(diff.differences())
        .filteredOn(difference -> !difference.toString().equals(told))
        .extracting(Difference::toString)
        .isSubsetOf("version: 1 is 2 now", "gold.sum: the table is new");
  }

  /** A part that is added to contracts and not compared would be a change that nobody is told. */
  @Test
  void everyPartOfAContractIsCompared() {
    Set<String> differing = new HashSet<>();
    Contract old = read(OLD);
    differences()
        .map(Arguments::get)
        .map(values -> changed((String) values[1], (String) values[2]))
        .forEach(next -> collect(old, next, differing));
    collect(old, windows("10 min"), differing);
    collect(old, ofKey("device"), differing);
    collect(old, changed("event:\n", "event:\n  data: /data\n"), differing);

    assertThat(differing)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Contract.class,
                    io.medallion.contract.EventForm.class,
                    io.medallion.contract.EventForm.Key.class,
                    io.medallion.contract.EventForm.Id.class,
                    io.medallion.contract.Field.class,
                    io.medallion.contract.ValueForm.class,
                    io.medallion.contract.DerivedColumn.class,
                    io.medallion.contract.GoldTable.class,
                    io.medallion.contract.GoldTable.Column.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()).map(c -> name(type, c)))
                .toList());
  }

  /** Adds the components that differ, of records within each other and in lists, in their order. */
  private static void collect(Object old, Object next, Set<String> differing) {
    if (old instanceof List<?> oldList && next instanceof List<?> nextList) {
      for (int i = 0; i < Math.min(oldList.size(), nextList.size()); i++) {
        collect(oldList.get(i), nextList.get(i), differing);
      }
    } else if (old instanceof Record && old.getClass() == next.getClass() && !old.equals(next)) {
      for (RecordComponent component : old.getClass().getRecordComponents()) {
        Object before = value(component, old);
        Object after = value(component, next);
        if (!before.equals(after)) {
          differing.add(name(old.getClass(), component));
          collect(before, after, differing);
        }
      }
    }
    differing.removeIf(
        name -> name.matches("(JsonPath|Range|TimeFormat|Aggregate|Call|In.*)\\..*"));
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static String name(Class<?> type, RecordComponent component) {
    return type.getSimpleName() + "." + component.getName();
  }

  @Test
  void anotherWindowIsAnotherTable() {
    assertThat(ContractDiff.between(read(OLD), windows("1 h")).of(Kind.BREAKING))
        .extracting(Difference::toString)
        .containsExactly(
            "gold.by_device: window 5 min is 1 h now", "gold.total: window 5 min is 1 h now");
  }

  @Test
  void aWindowThatTheSettingsHadRestatesItsTableAndLate() {
    Contract settings =
        read(OLD.replace("    window: 5 min\n", "").replace("version: 1", "version: 2"));
    assertThat(ContractDiff.between(read(OLD), settings).of(Kind.RESTATING))
        .extracting(Difference::toString)
        .containsExactly(
            "gold.by_device: window 5 min is that of the job's settings now; a replay would redo late, gold/by_device",
            "gold.total: window 5 min is that of the job's settings now; a replay would redo late, gold/total");
  }

  @Test
  void whereAnEventIsAmongSeveralOfItsRecordStays() {
    String old = OLD.replace("event:\n", "event:\n  records: array\n  data: /data\n");
    String next = old.replace("version: 1", "version: 2");
    assertThat(diff(old, next.replace("records: array", "records: lines")))
        .containsExactly("event: records array is lines now");
    assertThat(diff(old, next.replace("data: /data", "data: /list")))
        .containsExactly("event: data data is list now");
    assertThat(diff(old, next.replace("/data\n", "/data\n  dataEncoding: base64\n")))
        .containsExactly("event: dataEncoding is base64 now; there was none");
  }

  private static List<String> diff(String old, String next) {
    return ContractDiff.between(read(old), read(next)).of(Kind.BREAKING).stream()
        .map(Difference::toString)
        .toList();
  }

  @Test
  void anotherNameOfTheKeyIsBreakingWhereverItIs() {
    assertThat(ContractDiff.between(read(OLD), ofKey("device")).of(Kind.BREAKING))
        .extracting(Difference::toString)
        .containsExactly(
            "event.key: column deviceId is device now",
            "gold.by_device: by deviceId is device now");
  }

  @Test
  void anotherCharacterBetweenThePartsOfAKeyMakesOtherKeys() {
    String joined = OLD.replace("[field deviceId, header device]", "[[field a, field b]]");

    assertThat(
            diff(
                joined,
                joined
                    .replace("version: 1", "version: 2")
                    .replace("field b]]", "field b]], join: ':'")))
        .containsExactly("event.key: join / is : now");
  }

  /** Digits alone are a time of the first format, and a number or nothing to the second. */
  @Test
  void aLenientTimeThatMayBeANumberTakesNotAllThatOneTakesThatMayNot() {
    String lenient = OLD.replace("format: iso}", "format: lenient iso}");

    assertThat(restating(lenient, "format: lenient iso}", "format: lenient iso or epoch s}"))
        .containsExactly(
            "silver.seen: format lenient iso is lenient iso or epoch s now; a replay would redo "
                + ALL);
  }

  @Test
  void aMissingValueWithADecimalCommaWasANumber() {
    String comma = OLD.replace("acceptText: true}", "acceptText: true, decimalChar: ','}");

    assertThat(restating(comma, "decimalChar: ','", "decimalChar: ',', missingValues: ['-9,9']"))
        .containsExactly(
            "silver.level: missingValues is [-9,9] now; there was none; a replay would redo "
                + ALL);
    assertThat(restating(comma, "decimalChar: ','", "decimalChar: ',', missingValues: [none]"))
        .isEmpty();
  }

  private static List<String> restating(String old, String from, String to) {
    String next = old.replace("version: 1", "version: 2").replace(from, to);
    return ContractDiff.between(read(old), read(next)).of(Kind.RESTATING).stream()
        .map(Difference::toString)
        .toList();
  }

  private static Contract ofKey(String name) {
    return changed("column: deviceId", "column: " + name, "by: deviceId", "by: " + name);
  }

  private static Contract windows(String size) {
    return read(OLD.replace("version: 1", "version: 2").replace("5 min", size));
  }

  @Test
  void commentsAndOrderAndTheWayItIsWrittenAreNoDifference() {
    String same =
        OLD.replace("  count: {type: long, required: true}\n", "")
            .replace("  seen:", "  count:\n    required: true\n    type: long # how many\n  seen:")
            .replace("[ok, low]", "[low, ok]");

    assertThat(ContractDiff.between(read(OLD), read(same)).differences()).isEmpty();
    assertThat(ContractDiff.between(read(OLD), read(same)).greatest()).isEmpty();
  }

  @Test
  void aFieldInAnEnvelopeIsComparedByItsNameThere() {
    String enveloped = OLD.replace("event:\n", "event:\n  data: /data\n");
    String moved =
        OLD.replace("event:\n", "event:\n  data: /body\n").replace("version: 1", "version: 2");

    assertThat(ContractDiff.between(read(enveloped), read(moved)).of(Kind.RESTATING))
        .extracting(Difference::toString)
        .containsExactly("event: data data is body now; a replay would redo " + ALL);
  }

  @Test
  void aVersionThatStandsForTwoContractsIsBreakingWhereRowsDiffer() {
    Contract old = read(OLD);

    assertThat(last(old, OLD.replace("[-90, 70]", "[-80, 60]")))
        .isEqualTo(
            new Difference(
                Kind.BREAKING, "version", "1 stands for two contracts: count it up", List.of()));
    assertThat(last(old, OLD.replace("unit: °C", "unit: K")).kind()).isEqualTo(Kind.ADDITIVE);
    assertThat(
            last(
                read(OLD.replace("version: 1", "version: 3")),
                OLD.replace("version: 1", "version: 2")))
        .hasToString("version: 3 is 2 now: it counts up with every change")
        .extracting(Difference::kind)
        .isEqualTo(Kind.ADDITIVE);
  }

  private static Difference last(Contract old, String next) {
    List<Difference> all = ContractDiff.between(old, read(next)).differences();
    return all.get(all.size() - 1);
  }

  @Test
  void aColumnMayBecomeAFormulaOfTheSameType() {
    Contract next =
        changed(
            "  count: {type: long, required: true}\n",
            "  count: {type: long, required: true}\n  fahrenheit: {type: double, unit: °F}\n",
            "  fahrenheit: {as: fahrenheit(temperature), unit: °F}\n",
            "");

    assertThat(ContractDiff.between(read(OLD), next).of(Kind.RESTATING))
        .extracting(Difference::change)
        .containsExactly("source fahrenheit(temperature) is a field of the event now");
  }

  @Test
  void theContractsThatShipDifferInNothingFromThemselves() {
    for (String name : List.of("weather", "telemetry")) {
      Optional<Contract> shipped = ContractReader.shipped(name);
      assertThat(
              ContractDiff.between(shipped.orElseThrow(), shipped.orElseThrow()).hasDifferences())
          .isFalse();
    }
  }

  /** The contract with texts replaced, and its version counted up. */
  private static Contract changed(String... replacements) {
    String text = OLD.replace("version: 1", "version: 2");
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    return read(text);
  }

  private static Contract read(String text) {
    return ContractReader.read("devices.yaml", text);
  }
}
