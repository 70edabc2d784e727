package io.medallion.contract.functions;

/**
 * The 16 compass points, clockwise from north in steps of 22.5°: where the wind comes from.
 *
 * <p>Source: WMO-No. 8, Guide to Instruments and Methods of Observation, on surface wind.
 */
public enum CompassPoint {
  N(0),
  NNE(22.5),
  NE(45),
  ENE(67.5),
  E(90),
  ESE(112.5),
  SE(135),
  SSE(157.5),
  S(180),
  SSW(202.5),
  SW(225),
  WSW(247.5),
  W(270),
  WNW(292.5),
  NW(315),
  NNW(337.5);

  /** Width of a point's sector. */
  private static final double SECTOR_DEGREES = 22.5;

  private static final int MAX_NAME_LENGTH = 3;

  private static final CompassPoint[] POINTS = values();

  private final double degrees;
  private final double east;
  private final double north;

  /** The name's length and characters, one a byte. */
  private final int packedName;

  CompassPoint(double degrees) {
    this.degrees = degrees;
    this.east = rounded(Math.sin(Math.toRadians(degrees)));
    this.north = rounded(Math.cos(Math.toRadians(degrees)));
    this.packedName = packed(name());
  }

  /** To 12 digits, so that opposite points cancel exactly. */
  private static double rounded(double component) {
    return Math.rint(component * 1e12) / 1e12;
  }

  /** The point's direction in degrees, 0 (north) to 337.5. */
  public double degrees() {
    return degrees;
  }

  /**
   * The eastward component of the unit vector that points to a direction in this point's sector.
   */
  public double east(double direction) {
    return direction == degrees ? east : rounded(Math.sin(Math.toRadians(direction)));
  }

  /** The northward component, see {@link #east}. */
  public double north(double direction) {
    return direction == degrees ? north : rounded(Math.cos(Math.toRadians(direction)));
  }

  /** Whether a number is a direction in degrees: from 0 to 360, which both are north. */
  public static boolean isDirection(double degrees) {
    return degrees >= 0 && degrees <= 360;
  }

  /** The point in whose sector a direction of 0 to 360 degrees lies. */
  public static CompassPoint ofDegrees(double degrees) {
    int sector = (int) Math.floor((degrees + SECTOR_DEGREES / 2) / SECTOR_DEGREES);
    return POINTS[Math.floorMod(sector, POINTS.length)];
  }

  /** The point named by these ASCII characters in any case, or null. Allocates nothing. */
  public static CompassPoint parse(byte[] text, int from, int to) {
    if (to - from > MAX_NAME_LENGTH) {
      return null;
    }
    int wanted = to - from;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      wanted = wanted << Byte.SIZE | (c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c & 0xFF);
    }
    for (CompassPoint point : POINTS) {
      if (point.packedName == wanted) {
        return point;
      }
    }
    return null;
  }

  private static int packed(String name) {
    int packed = name.length();
    for (int i = 0; i < name.length(); i++) {
      packed = packed << Byte.SIZE | name.charAt(i);
    }
    return packed;
  }
}
