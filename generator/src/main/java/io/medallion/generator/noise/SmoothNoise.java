package io.medallion.generator.noise;

/** Value noise: random heights at whole positions, eased into each other in between. */
public final class SmoothNoise {

  private SmoothNoise() {}

  /** A value in [-1, 1) that changes smoothly with the position. */
  public static double at(long seed, double position) {
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
