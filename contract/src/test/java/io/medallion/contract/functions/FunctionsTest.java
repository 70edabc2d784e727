package io.medallion.contract.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {

  private static final double KM_PER_MILE = 1.609344;

  /** Saturation has the air's temperature; the others by the formula with its constants by hand. */
  @ParameterizedTest
  @CsvSource({"20, 100, 20", "20, 50, 9.26", "30, 80, 26.17", "0, 100, 0", "-10, 70, -14.44"})
  void dewPoint(double temperature, double humidity, double expected) {
    assertThat(DewPoint.of(temperature, humidity)).isCloseTo(expected, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "-45.01, 50", "60.01, 50"})
  void thereIsNoDewPointOutsideTheFormula(double temperature, double humidity) {
    assertThat(DewPoint.of(temperature, humidity)).isNaN();
  }

  /** From Environment Canada's wind chill chart, which rounds to whole degrees. */
  @ParameterizedTest
  @CsvSource({
    "5, 5, 4",
    "0, 10, -3",
    "-10, 20, -18",
    "-20, 30, -33",
    "-30, 60, -50",
    "-40, 80, -67",
    "-50, 40, -74",
    "5, 80, -3"
  })
  void windChill(double temperature, double windSpeed, double expected) {
    assertThat(ApparentTemperature.of(temperature, 50, windSpeed)).isCloseTo(expected, within(0.5));
  }

  /** From the National Weather Service's wind chill chart: °F and miles an hour, whole °F. */
  @ParameterizedTest
  @CsvSource({
    "40, 5, 36",
    "40, 60, 25",
    "30, 10, 21",
    "20, 15, 6",
    "0, 15, -19",
    "0, 5, -11",
    "-5, 20, -29",
    "-45, 60, -98"
  })
  void windChillInFahrenheit(double fahrenheit, double milesAnHour, double expected) {
    double chill = ApparentTemperature.of((fahrenheit - 32) * 5 / 9, 50, milesAnHour * KM_PER_MILE);

    assertThat(chill * 9 / 5 + 32).isCloseTo(expected, within(0.6));
  }

  /** From the National Weather Service's chart: whole °F, made without the adjustments. */
  @ParameterizedTest
  @CsvSource({
    "80, 40, 80",
    "84, 50, 85",
    "90, 60, 100",
    "90, 100, 132",
    "96, 50, 108",
    "100, 40, 109",
    "100, 65, 136",
    "110, 40, 136",
    "86, 90, 105"
  })
  void heatIndex(double fahrenheit, double humidity, double expected) {
    double index = ApparentTemperature.of((fahrenheit - 32) * 5 / 9, humidity, 10);

    assertThat(index * 9 / 5 + 32).isCloseTo(expected, within(1.2));
  }

  @ParameterizedTest
  @CsvSource({"15, 60, 30", "10.1, 60, 30", "10, 60, 4.8", "-20, 60, 0", "25, 20, 5"})
  void elseItFeelsAsItIs(double temperature, double humidity, double windSpeed) {
    assertThat(ApparentTemperature.of(temperature, humidity, windSpeed)).isEqualTo(temperature);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1.07, 0",
    "1.08, 1",
    "5.75, 1",
    "5.76, 2",
    "12.24, 3",
    "19.8, 4",
    "28.8, 5",
    "38.88, 6",
    "50.04, 7",
    "61.92, 8",
    "74.88, 9",
    "88.2, 10",
    "102.6, 11",
    "117.71, 11",
    "117.72, 12",
    "270, 12"
  })
  void beaufort(double windSpeed, int force) {
    assertThat(Beaufort.of(windSpeed)).isEqualTo(force);
  }

  @Test
  void noWeatherThatRulesCanLetPassFeelsLikeNotANumber() {
    Range temperatures = limits("temperature");
    Range humidities = limits("humidity");
    Range windSpeeds = limits("windSpeed");
    for (double t = temperatures.min(); t <= temperatures.max(); t++) {
      for (double humidity = humidities.min(); humidity <= humidities.max(); humidity += 2.5) {
        for (double wind = windSpeeds.min(); wind <= windSpeeds.max(); wind += 100) {
          assertThat(ApparentTemperature.of(t, humidity, wind)).isFinite();
        }
        boolean hasDewPoint = humidity > 0 && t >= -45 && t <= 60;
        assertThat(Double.isFinite(DewPoint.of(t, humidity))).isEqualTo(hasDewPoint);
      }
    }
  }

  private static Range limits(String field) {
    return ContractReader.standard().field(field).orElseThrow().limits();
  }
}
