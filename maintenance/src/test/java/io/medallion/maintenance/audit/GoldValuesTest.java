package io.medallion.maintenance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.lake.TestRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A window of calm events of which each has another condition, but for those with mist. */
class GoldValuesTest {

  private static final Contract WEATHER = ContractReader.standard();

  private final SilverRow silver = new SilverRow(WEATHER);
  private final GoldRows gold = new GoldRows(WEATHER.gold().get(0), Optional.empty(), false);
  private final Measures measures = new Measures(silver, List.of(gold.table()));
  private final WindowValues weather = new WindowValues(measures);
  private final GoldValues values = new GoldValues(WEATHER, new EarlierContracts(List.of()));
  private final GoldValues.Table table = values.table(gold, measures);

  @Test
  void thePrevailingConditionFollowsFromSilver() {
    events("weather", 10);
    gold("mist");
    assertThat(values.result().holds()).isTrue();

    gold("sun");
    assertThat(values.result().examples())
        .containsExactly("window: conditions is sun, recomputed mist");
  }

  /** Of 300 mist is not among those that count. */
  @Test
  void ofMoreConditionsThanAreCountedOneOfThoseThatAreCountedPrevails() {
    events("weather", 300);
    gold("mist");

    CheckResult result = values.result();
    assertThat(result.holds()).isFalse();
    assertThat(result.counts()).containsEntry("not judged", 0L);
  }

  /** It counted all; a window that was open at the upgrade has rows of both. */
  @Test
  void theFirstReleaseCountedMore() {
    events(null, 300);
    events("weather", 1);
    WindowValues all = new WindowValues(measures);
    all.add(weather);
    gold("mist");
    gold("mist", all);

    CheckResult result = values.result();
    assertThat(result.examples()).isEmpty();
    assertThat(result.counts()).containsEntry("not judged", 2L);
  }

  @Test
  void theFirstReleaseIsJudgedWhereAllAreCounted() {
    events(null, 10);
    gold("sun");

    assertThat(values.result().holds()).isFalse();
  }

  /** Of windows that had begun before, as of a table that was added, the column is null. */
  @Test
  void whatAnEarlierContractLackedIsNotJudgedWhereItIsOtherwise() {
    String text = WEATHER.text().replaceFirst("(?m)^ *conditions: mostFrequent.*\\n", "");
    EarlierContracts earlier = new EarlierContracts(List.of(ContractReader.read("earlier", text)));
    GoldValues lenient = new GoldValues(WEATHER, earlier);
    GoldValues.Table lenientTable = lenient.table(gold, measures);
    events("weather", 10);

    Map<String, Object> row = row(weather);
    row.put("conditions", null);
    TestRows.row(gold.columns(), row, cursor -> lenientTable.row("window", cursor, weather));
    assertThat(lenient.result().holds()).isTrue();
    assertThat(lenient.result().counts()).containsEntry("not judged", 1L);

    row.put("maxHumidity", 61.0);
    TestRows.row(gold.columns(), row, cursor -> lenientTable.row("window", cursor, weather));
    assertThat(lenient.result().holds()).isFalse();
  }

  private void events(String eventHub, int conditions) {
    event(eventHub, "mist");
    event(eventHub, "mist");
    for (int i = 0; i < conditions; i++) {
      event(eventHub, "condition " + i);
    }
  }

  private void event(String eventHub, String conditions) {
    Map<String, Object> row = new HashMap<>();
    row.put("eventHub", eventHub);
    row.put("temperature", 20.0);
    row.put("humidity", 60.0);
    row.put("windSpeed", 0.0);
    row.put("windDirectionDegrees", 0.0);
    row.put("precipitation", 0.0);
    row.put("conditions", conditions);
    TestRows.row(silver.columns(), row, weather::add);
  }

  private void gold(String conditions) {
    gold(conditions, weather);
  }

  private void gold(String conditions, WindowValues expected) {
    Map<String, Object> row = row(expected);
    row.put("conditions", conditions);
    TestRows.row(gold.columns(), row, cursor -> table.row("window", cursor, expected));
  }

  private static Map<String, Object> row(WindowValues expected) {
    Map<String, Object> row = new HashMap<>();
    row.put("eventCount", expected.events());
    row.put("temperature", 20.0);
    row.put("humidity", 60.0);
    row.put("windSpeed", 0.0);
    row.put("precipitation", 0.0);
    row.put("minTemperature", 20.0);
    row.put("maxTemperature", 20.0);
    row.put("minHumidity", 60.0);
    row.put("maxHumidity", 60.0);
    row.put("minWindSpeed", 0.0);
    row.put("maxWindSpeed", 0.0);
    row.put("totalPrecipitation", 0.0);
    row.put("windDirectionDegrees", null);
    row.put("windDirection", null);
    return row;
  }
}
