package io.medallion.job.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentTest {

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
  void noPlausibleWeatherFeelsLikeNotANumber() {
    for (double temperature = -90; temperature <= 70; temperature += 0.5) {
      for (double humidity = 0; humidity <= 100; humidity += 2.5) {
        for (double windSpeed = 0; windSpeed <= 270; windSpeed += 30) {
          assertThat(ApparentTemperature.of(temperature, humidity, windSpeed)).isFinite();
        }
        assertThat(DewPoint.of(temperature, humidity)).isNotInfinite();
      }
    }
  }
}
