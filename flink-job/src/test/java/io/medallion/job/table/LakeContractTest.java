package io.medallion.job.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.delta.RowMeaning;
import io.medallion.job.rules.Rules;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeContractTest {

  private static final Contract WEATHER = ContractReader.standard();
  private static final Contract TELEMETRY = ContractReader.shipped("telemetry").orElseThrow();

  @Test
  void aTableTellsItsContractWithTheRangesThatCount() {
    Contract narrower =
        Rules.of(WEATHER)
            .with("temperature", new Range(-20.5, 40), Severity.WARN)
            .with("humidity", new Range(1, 99), Severity.REJECT)
            .contract();
    assertThat(LakeContract.of(LakeContract.ofColumns(narrower).properties(Map.of())))
        .contains(narrower);
  }

  @Test
  void rangesOfAnEarlierRunCountNoMore() {
    Contract narrower =
        Rules.of(WEATHER).with("temperature", new Range(-20, 40), Severity.WARN).contract();
    Map<String, String> table = new HashMap<>();
    table.putAll(LakeContract.ofColumns(narrower).properties(table));
    table.putAll(LakeContract.ofColumns(WEATHER).properties(table));
    assertThat(LakeContract.of(table)).contains(WEATHER);
  }

  @Test
  void aTableOfAReleaseBeforeContractsTellsNone() {
    assertThat(LakeContract.of(Map.of("delta.minReaderVersion", "1"))).isEmpty();
  }

  @Test
  void aTableOfTheFirstReleaseWithContractsTellsTheOneThatShips() {
    assertThat(LakeContract.of(Map.of("medallion.contract", "telemetry"))).contains(TELEMETRY);
    assertThatThrownBy(() -> LakeContract.of(Map.of("medallion.contract", "pumps")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("'pumps'")
        .hasMessageContaining("start the job of this release on it once");
  }

  @Test
  void rowsOfOneContractAreNotAddedToThoseOfAnother() {
    RowMeaning telemetry = LakeContract.ofColumns(TELEMETRY);
    assertThat(telemetry.conflict(LakeContract.ofColumns(WEATHER).properties(Map.of())))
        .contains("the table has events of the contract 'weather', the job those of 'telemetry'");
    assertThat(telemetry.conflict(telemetry.properties(Map.of()))).isEmpty();
  }

  @Test
  void whatATableCannotHoldIsAConflictAndWhatItCanIsNone() {
    Map<String, String> table = LakeContract.ofColumns(TELEMETRY).properties(Map.of());

    Contract withoutVersion = changed("[CO2, TEMP]", "[CO2, TEMP, HUM]", 1);
    assertThat(LakeContract.ofColumns(withoutVersion).conflict(table))
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict).contains("version: 1 stands for two contracts: count it up"));
    assertThat(
            LakeContract.ofColumns(changed("[CO2, TEMP]", "[CO2, TEMP, HUM]", 2)).conflict(table))
        .isEmpty();
    assertThat(
            LakeContract.ofColumns(
                    changed(
                        "deviceSequenceNumber: {type: long",
                        "deviceSequenceNumber: {type: double",
                        2))
                .conflict(table))
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict)
                    .contains(
                        "silver.deviceSequenceNumber: type of the column long is double now"));
  }

  @Test
  void rangesThatSettingsOverrideNeedNoNewVersion() {
    Contract narrower =
        Rules.of(WEATHER).with("temperature", new Range(-20, 40), Severity.WARN).contract();
    Map<String, String> table = LakeContract.ofColumns(WEATHER).properties(Map.of());

    assertThat(LakeContract.ofColumns(narrower).conflict(table)).isEmpty();
    assertThat(LakeContract.between(WEATHER, narrower).differences())
        .singleElement()
        .hasToString("rule.*: what settings override is [temperature -20..40 WARN] now; it was []");
  }

  @Test
  void columnsOfAReleaseBeforeContractsAreTheWeathers() {
    assertThat(LakeContract.ofColumns(WEATHER).conflict(Map.of())).isEmpty();
    assertThat(LakeContract.ofColumns(TELEMETRY).conflict(Map.of())).isPresent();
    assertThat(LakeContract.ofRecords(TELEMETRY).conflict(Map.of())).isEmpty();
  }

  @Test
  void textsOfTheLastVersionsStayAndOlderOnesAreEmptied() {
    Map<String, String> table = new HashMap<>();
    for (int version = 1; version <= 30; version++) {
      table.putAll(LakeContract.ofColumns(telemetryOf(version)).properties(table));
      // A restart with the same contract changes nothing.
      table.putAll(LakeContract.ofColumns(telemetryOf(version)).properties(table));
    }
    assertThat(LakeContract.of(table)).contains(telemetryOf(30));
    assertThat(LakeContract.earlier(table).keySet())
        .hasSize(16)
        .allMatch(version -> version >= 14 && version < 30);
    assertThat(LakeContract.earlier(table)).containsEntry(29, telemetryOf(29).text());
  }

  private static Contract changed(String old, String next, int version) {
    assertThat(TELEMETRY.text()).contains(old);
    return ContractReader.read("telemetry", telemetryOf(version).text().replace(old, next));
  }

  private static Contract telemetryOf(int version) {
    return ContractReader.read(
        "telemetry", TELEMETRY.text().replaceFirst("version: \\d+", "version: " + version));
  }
}
