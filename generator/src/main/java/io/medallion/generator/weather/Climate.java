package io.medallion.generator.weather;

import io.medallion.generator.noise.Hash;

/**
 * What is usual at a station.
 *
 * @param temperature mean of the year, °C
 * @param season how far summer and winter are from it, °C; negative on the southern hemisphere
 * @param day how far the warmest and coldest hour of a clear day are from the day's mean, °C
 * @param humidity mean relative humidity, %
 * @param wind mean wind speed of a calm day, km/h
 * @param windDirection the prevailing one, in turns clockwise from north
 */
record Climate(
    double temperature,
    double season,
    double day,
    double humidity,
    double wind,
    double windDirection) {

  private static final int SOUTHERNMOST = -55;
  private static final int NORTHERNMOST = 68;

  /** Draws a climate: a latitude, and what follows from it. */
  static Climate draw(long seed) {
    double latitude = between(seed, 0, SOUTHERNMOST, NORTHERNMOST);
    double distance = Math.abs(latitude);
    return new Climate(
        28 - 0.42 * distance + between(seed, 1, -2, 2),
        0.22 * latitude,
        between(seed, 2, 3, 8),
        between(seed, 3, 48, 76),
        between(seed, 4, 6, 20),
        between(seed, 5, 0, 1));
  }

  private static double between(long seed, int draw, double low, double high) {
    return low + (high - low) * Hash.unit(Hash.of(seed, draw));
  }
}
