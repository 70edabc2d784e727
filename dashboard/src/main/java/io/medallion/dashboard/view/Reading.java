package io.medallion.dashboard.view;

/**
 * The weather of one stretch of time: of a window, or of several windows together.
 *
 * @param startSeconds since 1970
 * @param events that it was measured by
 * @param temperature mean, °C; with the extremes
 * @param humidity mean, %
 * @param windSpeed mean, km/h
 * @param maxWindSpeed km/h
 * @param precipitation total, mm
 * @param windEast and windNorth: the mean wind as a vector that points to where the wind comes
 *     from, as long as the mean speed; zero if it has no direction
 */
public record Reading(
    long startSeconds,
    long events,
    double temperature,
    double minTemperature,
    double maxTemperature,
    double humidity,
    double windSpeed,
    double maxWindSpeed,
    double precipitation,
    double windEast,
    double windNorth) {

  /** Degrees from north over east, 0 to 360; NaN if there is none. */
  public double windDirection() {
    if (Math.hypot(windEast, windNorth) < 1e-3) {
      return Double.NaN;
    }
    double degrees = Math.toDegrees(Math.atan2(windEast, windNorth));
    return degrees < 0 ? (degrees + 360) % 360 : degrees;
  }
}
