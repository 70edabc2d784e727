package io.medallion.generator.weather;

import io.medallion.generator.noise.Hash;
import io.medallion.generator.noise.SmoothNoise;

/**
 * The weather at a number of stations at any time; the same for the same seed, station, time and
 * draw.
 *
 * <p>A slow noise stands for the passing of high and low pressure systems. A low brings humidity,
 * wind, clouds and, where it is humid enough, precipitation; it flattens the course of the day and
 * cools. Temperature follows season and hour (UTC, warmest at 15:00), humidity goes against the
 * hour. A faster noise and the spread of the instruments lie on top.
 */
public final class WeatherModel {

  private static final double HOUR = 3_600_000.0;
  private static final double DAY = 24 * HOUR;
  private static final double YEAR = 365.2425 * DAY;
  private static final double WARMEST_HOUR = 15 * HOUR;
  private static final double WARMEST_DAY = 200 * DAY;

  private static final double SYSTEM_PASSES = 18 * HOUR;
  private static final double AIR_CHANGES = 3 * HOUR;
  private static final double WIND_CHANGES = 1.5 * HOUR;

  /** It rains above this humidity, %, in lows that are deeper than this. */
  private static final double RAIN_HUMIDITY = 80;

  private static final double RAIN_LOW = 0.25;

  private final Climate[] climates;
  private final long[] seeds;

  public WeatherModel(int stations, long seed) {
    climates = new Climate[stations];
    seeds = new long[stations];
    for (int station = 0; station < stations; station++) {
      seeds[station] = Hash.of(seed, station);
      climates[station] = Climate.draw(seeds[station]);
    }
  }

  /**
   * Reads the instruments of a station.
   *
   * @param time milliseconds since the epoch
   * @param draw random bits for the spread of the instruments
   */
  public void read(int station, long time, long draw, Reading out) {
    Climate climate = climates[station];
    long seed = seeds[station];
    double low = SmoothNoise.at(seed + 1, time / SYSTEM_PASSES);
    double air = SmoothNoise.at(seed + 2, time / AIR_CHANGES);
    double gusts = SmoothNoise.at(seed + 3, time / WIND_CHANGES);
    double sunshine = 0.75 - 0.25 * low;
    double hour = Cycle.cosine((time - WARMEST_HOUR) / DAY) * sunshine;
    double season = Cycle.cosine((time - WARMEST_DAY) / YEAR);

    double temperature =
        climate.temperature()
            + climate.season() * season
            + climate.day() * hour
            - 3 * low
            + 1.5 * air
            + 0.3 * spread(draw);
    double humidity =
        climate.humidity() - 18 * hour + 22 * low - 4 * air + 1.5 * spread(draw >>> 16);
    double storm = Math.max(0, low);
    double wind =
        climate.wind() * (0.7 + 0.3 * gusts + 0.3 * low + 2.2 * storm * storm)
            + 1.2 * spread(draw >>> 32);
    double rain =
        humidity > RAIN_HUMIDITY && low > RAIN_LOW
            ? (low - RAIN_LOW) * (humidity - RAIN_HUMIDITY) * (0.5 + 0.4 * gusts)
            : 0;

    out.temperatureTenths = rounded(10 * temperature, -600, 550);
    out.humidity = rounded(humidity, 3, 100);
    out.windSpeedTenths = rounded(10 * wind, 0, 1800);
    out.windDirection = WindDirection.of(climate.windDirection() + 0.3 * low + 0.05 * gusts);
    out.precipitationTenths = rounded(10 * rain, 0, 800);
    out.conditions =
        Conditions.of(
            out.temperatureTenths, out.humidity, out.windSpeedTenths, out.precipitationTenths);
  }

  /** The lowest 16 bits as a number in [-1, 1). */
  private static double spread(long bits) {
    return (short) bits / 32768.0;
  }

  private static int rounded(double value, int min, int max) {
    return Math.max(min, Math.min(max, (int) Math.floor(value + 0.5)));
  }
}
