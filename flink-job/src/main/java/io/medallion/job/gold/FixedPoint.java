package io.medallion.job.gold;

/**
 * Measurements as whole millionths, so that sums do not depend on the order of their terms.
 *
 * <p>Adding doubles rounds at every step: a window added up in another order, by another number of
 * subtasks or across a restart would differ in its last digits. Whole numbers do not. Values with
 * up to six decimals are held exactly, others to half a millionth, and so is their average. See
 * {@link WideSum} for greater ones.
 */
final class FixedPoint {

  private static final double UNITS = 1e6;

  private FixedPoint() {}

  /** Below it, a value's millionths fit a long. */
  static final double MAX_OF_A_LONG = 9e12;

  static double millionths(double value) {
    return Math.rint(value * UNITS);
  }

  /** The millionths of a value below {@link #MAX_OF_A_LONG}. */
  static long of(double value) {
    return (long) Math.rint(value * UNITS);
  }

  /** The value of millionths. */
  static double toDouble(double millionths) {
    return millionths / UNITS;
  }

  /** The mean of so many values, from the sum of their millionths. */
  static double average(double millionths, long count) {
    return millionths / (UNITS * count);
  }
}
