package io.medallion.generator.weather;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.noise.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeatherModelTest {

  private static final int STATIONS = 40;
  private static final long YEAR_START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int HOURS = 365 * 24;

  private final WeatherModel model = new WeatherModel(STATIONS, 7);
  private final Reading reading = new Reading();

  @Test
  void everyReadingIsWithinTheValidRanges() {
    for (long seed = 0; seed < 20; seed++) {
      WeatherModel any = new WeatherModel(STATIONS, seed);
      for (int hour = 0; hour < HOURS; hour += 7) {
        any.read(hour % STATIONS, YEAR_START + hour * HOUR, Hash.of(seed, hour), reading);

        assertThat(reading.temperatureTenths()).isBetween(-900, 700);
        assertThat(reading.humidity()).isBetween(0, 100);
        assertThat(reading.windSpeedTenths()).isBetween(0, 2700);
        assertThat(reading.precipitationTenths()).isBetween(0, 20_000);
      }
    }
  }

  @Test
  void afternoonsAreWarmerAndDrierThanNights() {
    for (int station = 0; station < STATIONS; station++) {
      double[] temperature = series(station, Reading::temperatureTenths);
      double[] humidity = series(station, Reading::humidity);

      assertThat(meanAtHour(temperature, 15)).isGreaterThan(meanAtHour(temperature, 3) + 30);
      assertThat(meanAtHour(humidity, 15)).isLessThan(meanAtHour(humidity, 3) - 10);
    }
  }

  @Test
  void humidityFallsWithTemperatureWithinADayAndRisesWithWind() {
    double withTemperature = 0;
    double withWind = 0;
    for (int station = 0; station < STATIONS; station++) {
      double[] humidity = series(station, Reading::humidity);
      withTemperature +=
          correlation(
              lessDailyMean(series(station, Reading::temperatureTenths)), lessDailyMean(humidity));
      withWind += correlation(series(station, Reading::windSpeedTenths), humidity);
    }

    assertThat(withTemperature / STATIONS).isLessThan(-0.7);
    assertThat(withWind / STATIONS).isGreaterThan(0.3);
  }

  @Test
  void stationsHaveDifferentClimatesAndSeasons() {
    double[] means =
        IntStream.range(0, STATIONS)
            .mapToDouble(station -> mean(series(station, Reading::temperatureTenths)))
            .toArray();

    assertThat(IntStream.range(0, STATIONS).mapToDouble(i -> means[i]).max().orElseThrow())
        .isGreaterThan(230);
    assertThat(IntStream.range(0, STATIONS).mapToDouble(i -> means[i]).min().orElseThrow())
        .isLessThan(70);
  }

  @Test
  void theWeatherChangesSmoothly() {
    int previous = Integer.MIN_VALUE;
    for (int minute = 0; minute < 7 * 24 * 60; minute++) {
      model.read(3, YEAR_START + Duration.ofMinutes(minute).toMillis(), 0, reading);
      if (previous != Integer.MIN_VALUE) {
        assertThat(Math.abs(reading.temperatureTenths() - previous)).isLessThanOrEqualTo(2);
      }
      previous = reading.temperatureTenths();
    }
  }

  @Test
  void conditionsFollowFromTheNumbersAndAllOfThemOccur() {
    Set<Conditions> seen = EnumSet.noneOf(Conditions.class);
    Set<WindDirection> directions = EnumSet.noneOf(WindDirection.class);
    for (int station = 0; station < STATIONS; station++) {
      for (int hour = 0; hour < HOURS; hour++) {
        model.read(station, YEAR_START + hour * HOUR, Hash.of(station, hour), reading);
        seen.add(reading.conditions());
        directions.add(reading.windDirection());
        if (reading.precipitationTenths() > 0) {
          assertThat(reading.humidity()).isGreaterThanOrEqualTo(80);
        }
        assertThat(isWet(reading.conditions())).isEqualTo(reading.precipitationTenths() > 0);
        if (reading.conditions() == Conditions.SNOW) {
          assertThat(reading.temperatureTenths()).isLessThanOrEqualTo(5);
        }
      }
    }

    assertThat(seen).containsExactlyInAnyOrder(Conditions.values());
    assertThat(directions).containsExactlyInAnyOrder(WindDirection.values());
  }

  @Test
  void theSameSeedStationTimeAndDrawGiveTheSameReading() {
    WeatherModel again = new WeatherModel(STATIONS, 7);
    Reading other = new Reading();
    for (int i = 0; i < 1000; i++) {
      model.read(i % STATIONS, YEAR_START + i * HOUR, i, reading);
      again.read(i % STATIONS, YEAR_START + i * HOUR, i, other);

      assertThat(other).usingRecursiveComparison().isEqualTo(reading);
    }
  }

  private static boolean isWet(Conditions conditions) {
    return switch (conditions) {
      case RAIN, HEAVY_RAIN, THUNDERSTORM, SNOW -> true;
      case CLEAR, PARTLY_CLOUDY, CLOUDY, FOG, WINDY -> false;
    };
  }

  private interface Value {
    int of(Reading reading);
  }

  /** A station's year, hour by hour. */
  private double[] series(int station, Value value) {
    double[] series = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      model.read(station, YEAR_START + hour * HOUR, Hash.of(station, hour), reading);
      series[hour] = value.of(reading);
    }
    return series;
  }

  private static double[] lessDailyMean(double[] series) {
    double[] result = new double[series.length];
    for (int hour = 0; hour < series.length; hour++) {
      int midnight = hour - hour % 24;
      result[hour] =
          series[hour]
              - IntStream.range(midnight, midnight + 24).mapToDouble(i -> series[i]).sum() / 24;
    }
    return result;
  }

  private static double meanAtHour(double[] series, int hour) {
    return IntStream.range(0, series.length)
        .filter(i -> i % 24 == hour)
        .mapToDouble(i -> series[i])
        .average()
        .orElseThrow();
  }

  private static double mean(double[] series) {
    return IntStream.range(0, series.length).mapToDouble(i -> series[i]).average().orElseThrow();
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
