package io.medallion.powerbi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void namesBecomeWords() {
    assertThat(Labels.words("windSpeed")).isEqualTo("wind speed");
    assertThat(Labels.words("wind_avg_km_h")).isEqualTo("wind avg km h");
    assertThat(Labels.words("CO2Level")).isEqualTo("CO2 level");
    assertThat(Labels.words("pm25")).isEqualTo("pm25");
    assertThat(Labels.words("__")).isEqualTo("__");
    assertThat(Labels.title("my-devices")).isEqualTo("My devices");
  }

  @Test
  void aColumnOfIdsIsNamedAfterWhatTheyAreOf() {
    assertThat(Labels.thing("stationId")).isEqualTo("station");
    assertThat(Labels.thing("device_id")).isEqualTo("device");
    assertThat(Labels.thing("deviceID")).isEqualTo("device");
    assertThat(Labels.thing("id")).isEqualTo("id");
    assertThat(Labels.plural("city")).isEqualTo("cities");
    assertThat(Labels.plural("bus")).isEqualTo("buses");
  }

  @Test
  void tablesAreToldApartByWhatTheirNamesDoNotShare() {
    List<String> tables = List.of("weather_by_station", "weather_summary", "weather");

    assertThat(Labels.distinction("weather_by_station", tables.subList(0, 2)))
        .isEqualTo("by station");
    assertThat(Labels.distinction("weather_summary", tables.subList(0, 2))).isEqualTo("in summary");
    assertThat(Labels.distinction("weather_summary", tables)).isEqualTo("in weather summary");
    assertThat(Labels.distinction("weather", tables)).isEqualTo("in weather");
    assertThat(Labels.distinction("by_type", List.of("by_type"))).isEqualTo("by type");
  }

  @Test
  void aNameIsGivenOnceWhateverItsCase() {
    Names names = new Names();

    assertThat(names.take("Events")).isEqualTo("Events");
    assertThat(names.take("events", "Events by type")).isEqualTo("Events by type");
    assertThat(names.take("EVENTS", "events by type")).isEqualTo("events by type 2");
  }
}
