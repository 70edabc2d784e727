package io.medallion.maintenance.audit;

import java.util.List;

/** The 16 compass points, clockwise from north: on purpose not the job's. */
final class CompassPoints {

  private static final List<String> NAMES =
      List.of(
          "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
          "NW", "NNW");

  /** The width of a point's sector, in degrees. */
  static final double SECTOR = 360.0 / NAMES.size();

  private CompassPoints() {}

  /** The point in whose sector a direction lies. */
  static String of(double degrees) {
    return NAMES.get((int) Math.floor((degrees + SECTOR / 2) / SECTOR) % NAMES.size());
  }

  /** The middle of a point's sector; NaN for what is none. */
  static double degrees(String point) {
    int index = point == null ? -1 : NAMES.indexOf(point);
    return index < 0 ? Double.NaN : index * SECTOR;
  }

  /** How far two directions are apart, 0 to 180 degrees. */
  static double apart(double one, double other) {
    double apart = Math.abs(one - other) % 360;
    return Math.min(apart, 360 - apart);
  }
}
