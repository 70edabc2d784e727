package io.medallion.job.gold;

/**
 * Measurements as whole millionths, so that sums do not depend on the order of their terms.
 *
 * <p>Adding doubles rounds at every step: a window added up in another order, by another number of
 * subtasks or across a restart would differ in its last digits. Whole numbers do not. Values with
 * up to six decimals are held exactly, others to half a millionth, and so is their average. A sum
 * has room for 900 million events of the greatest value that rules can let pass.
 */
final class FixedPoint {

  private static final double UNITS = 1e6;

  private FixedPoint() {}

  static long of(double value) {
    return (long) Math.rint(value * UNITS);
  }

  static double toDouble(long sum) {
    return sum / UNITS;
  }

  static double average(long sum, long count) {
    return sum / (UNITS * count);
  }
}
