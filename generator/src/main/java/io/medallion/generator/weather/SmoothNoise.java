package io.medallion.generator.weather;

/** Value noise: random heights at whole positions, eased into each other in between. */
final class SmoothNoise {

  private SmoothNoise() {}

  /** A value in [-1, 1) that changes smoothly with the position. */
  static double at(long seed, double position) {
    double floor = Math.floor(position);
    long cell = (long) floor;
    double left = height(seed, cell);
    double right = height(seed, cell + 1);
    double x = position - floor;
    return left + (right - left) * x * x * (3 - 2 * x);
  }

  private static double height(long seed, long cell) {
    return 2 * Hash.unit(Hash.of(seed, cell)) - 1;
  }
}
