package io.medallion.generator.weather;

/** The 16 compass points, clockwise from north in steps of 22.5°. */
public enum WindDirection {
  N,
  NNE,
  NE,
  ENE,
  E,
  ESE,
  SE,
  SSE,
  S,
  SSW,
  SW,
  WSW,
  W,
  WNW,
  NW,
  NNW;

  private static final WindDirection[] POINTS = values();

  /** The compass point nearest to a direction in turns clockwise from north. */
  static WindDirection of(double turns) {
    return POINTS[(int) Math.floor(turns * POINTS.length + 0.5) & (POINTS.length - 1)];
  }
}
