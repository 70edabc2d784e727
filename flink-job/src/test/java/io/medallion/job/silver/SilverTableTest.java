package io.medallion.job.silver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.delta.ObjectRowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.WeatherEvents;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilverTableTest {

  private static final Contract WEATHER = ContractReader.standard();

  private final EventRecord event = WeatherEvents.event("a", 5);

  @Test
  void anEventThatBreaksARuleThatWarnsSaysSo() {
    event.numbers[WeatherEvents.TEMPERATURE] = 65;
    Rules.standard()
        .with("temperature", new Range(-50, 60), Severity.WARN)
        .rangeCheck()
        .check(event);

    assertThat(row()).containsEntry("qualityFlags", "OUT_OF_RANGE:temperature");
  }

  @Test
  void anEventThatBreaksNoneHasNoFlags() {
    assertThat(row()).doesNotContainKey("qualityFlags");
  }

  @Test
  void theDegreesAreThoseSentAndThePointIsTheirs() {
    WeatherEvents.blow(event, 217);

    assertThat(row())
        .containsEntry("windDirectionDegrees", 217.0)
        .containsEntry("windDirection", "SW");
  }

  @Test
  void whatCannotBeDerivedIsNull() {
    event.numbers[WeatherEvents.HUMIDITY] = 0;

    assertThat(row()).doesNotContainKey("dewPoint").containsKey("apparentTemperature");
  }

  /** The columns that are not null, by name. */
  private Map<String, Object> row() {
    Row row = new Row();
    SilverTable.table(WEATHER).encoder().encode(event, row);
    return row.values;
  }

  private static final class Row extends ObjectRowWriter {

    private final Map<String, Object> values = new HashMap<>();

    @Override
    protected void set(int column, Object value) {
      values.put(
          SilverTable.rowType(WEATHER).getFieldNames().get(column),
          value instanceof byte[] text ? new String(text, UTF_8) : value);
    }
  }
}
