package io.medallion.powerbi.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.powerbi.Contracts;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SemanticModelTest {

  private static final Pattern MEASURE =
      Pattern.compile("(?m)^\tmeasure ('[^']+'|\\w+) =((?: .*\n)|(?:\n(?:\t\t\t.*\n)+))");

  @Test
  void aMeanIsWeightedByTheEventsThatHaveTheValue() {
    Map<String, String> measures =
        measures("t: {columns: {n: count(), m: avg(optional), k: count(optional), l: avg(level)}}");

    assertThat(measures.get("Average optional"))
        .contains("'T'[m] * 'T'[k]")
        .contains("FILTER('T', NOT ISBLANK('T'[m])), 'T'[k]");
    assertThat(measures.get("Average level")).contains("'T'[l] * 'T'[n]");
  }

  @Test
  void aMeanOverAnUnknownNumberOfEventsHasNoMeasure() {
    Contract contract =
        Contracts.withGold(
            "t: {columns: {n: count(), o: avg(optional), d: avg(doubtful), f: avg(feet)}}");

    assertThat(measures(contract))
        .containsKeys("Average feet")
        .doesNotContainKeys("Average optional", "Average doubtful", "Current optional");
    assertThat(new SemanticModel(contract).meansWithoutMeasure()).containsExactly("t.o", "t.d");
    assertThat(file(contract, "tables/T.tmdl"))
        .contains(
            "so there is no mean of several windows.\n\tcolumn o\n\t\tdataType: double\n\t\tformat");
  }

  @Test
  void withoutACountOfEventsThereIsNoShareOfThem() {
    Map<String, String> measures = measures("t: {columns: {m: max(level)}}");

    assertThat(measures)
        .containsKeys("Maximum level", "Events too late", "Quarantined events")
        .doesNotContainKeys("Events", "Late share", "Quarantine share", "Average level");
  }

  @Test
  void aCountOfDifferentKeysIsOfOneWindow() {
    assertThat(
            measures("t: {columns: {k: countDistinct(sensorId)}}")
                .get("Sensors in the latest window"))
        .contains("MAX('T'[k]),\n\t\t\t\t\t'T'[Window start] = Latest");
  }

  @Test
  void aTableOverEverythingHasNoMeasuresThatAFinerOneOfItsWindowsHas() {
    Contract contract =
        Contracts.withGold(
            """
            by_sensor: {by: sensorId, columns: {n: count(), l: avg(level)}}
            by_kind: {by: kind, columns: {n: count(), t: sum(level)}}
            total: {columns: {l: avg(level), h: max(level), n: count(), t: sum(level)}}
            """);

    assertThat(file(contract, "tables/Total.tmdl"))
        .contains(
            "measure 'Maximum level'",
            "measure 'Events in total'",
            "measure 'Gold difference in total'")
        .doesNotContain("Average level", "Total level", "Latest window end");

    Contract hourly =
        Contracts.withWindows(
            contract, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(1));
    assertThat(file(hourly, "tables/Total.tmdl"))
        .contains("measure 'Average level in total'", "measure 'Latest window end in total'")
        .contains("One row for each closed window of 1 h: gold/total.")
        .doesNotContain("Gold difference");
  }

  @Test
  void aFilterThatOneOfTwoNumbersLacksMakesNoShare() {
    Map<String, String> measures =
        measures(
            "by_kind: {by: kind, columns: {n: count()}}\nby_sensor: {by: sensorId, columns: {m: max(level)}}");

    assertThat(measures.get("Late share"))
        .contains("NOT ISCROSSFILTERED('Kind') && NOT ISCROSSFILTERED('Sensor')");
    assertThat(measures.get("Quarantine share"))
        .contains("NOT ISCROSSFILTERED('Kind') && NOT ISCROSSFILTERED('Sensor')");
  }

  @Test
  void rowsThatComeAWindowLateAreReadByARefresh() {
    Contract contract =
        Contracts.withWindows(
            Contracts.withGold("a: {columns: {n: count()}}\nb: {columns: {n: count()}}"),
            Duration.ofHours(1),
            Duration.ofDays(366));

    assertThat(file(contract, "tables/A.tmdl"))
        .contains("\t\trollingWindowPeriods: 12\n", "\t\tincrementalPeriods: 7\n");
    assertThat(file(contract, "tables/B.tmdl"))
        .contains("\t\trollingWindowPeriods: 14\n", "\t\tincrementalPeriods: 373\n");
  }

  @Test
  void aFieldAndAFormulaThatAreAddedToTheContractAreInTheModel() {
    String field = "  pressure: {type: double, unit: hPa, required: true, range: [800, 1100]}\n";
    String formula = "  gusts: {as: 'times(windSpeed, windSpeed)', unit: g}\n";
    String count = "      eventCount: count()\n";
    String averages = "      p: avg(pressure)\n      g: avg(gusts)\n";
    String text =
        Contracts.weather()
            .text()
            .replace("\nsilver:\n", field + "\nsilver:\n" + formula)
            .replace(count, count + averages);
    Contract added = ContractReader.read("added.yaml", text);

    assertThat(file(added, "tables/Weather by station.tmdl"))
        .contains("\t\t\t\t\t\tp = number,\n", "\t\tsourceColumn: p\n", "\t\tsourceColumn: g\n")
        .contains("measure 'Average pressure'", "formatString: #,0.0 \\h\\P\\a")
        .contains("measure 'Current gusts'", "formatString: #,0.0## \\g");
  }

  @Test
  void aTextOfTheContractStaysInItsLine() {
    Contract contract = Contracts.weather();
    String hostile =
        contract
            .text()
            .replace(
                "description: Air temperature",
                "description: \"a\\n\\ttable Evil\\r\\n\\tmeasure\"")
            .replace("unit: km/h", "unit: \"\\n\\tisHidden '0\"");
    Contract changed = ContractReader.read("hostile.yaml", hostile);

    String table = file(changed, "tables/Weather by station.tmdl");
    assertThat(table.lines())
        .noneMatch(line -> line.contains("Evil") && !line.startsWith("\t/// "))
        .filteredOn(line -> line.contains("\\H"))
        .allMatch(
            line -> line.startsWith("\t\tformatString: #,0.0 \\i\\s\\H\\i\\d\\d\\e\\n\\ \\'\\0"));
    assertThat(table).contains("wind speed, isHidden '0");
  }

  private static Map<String, String> measures(String gold) {
    return measures(Contracts.withGold(gold));
  }

  private static Map<String, String> measures(Contract contract) {
    String all = String.join("\n", new SemanticModel(contract).files().values());
    return MEASURE
        .matcher(all)
        .results()
        .collect(
            Collectors.toMap(
                found -> found.group(1).replace("'", ""), (MatchResult found) -> found.group(2)));
  }

  private static String file(Contract contract, String path) {
    return new SemanticModel(contract).files().get(path);
  }
}
