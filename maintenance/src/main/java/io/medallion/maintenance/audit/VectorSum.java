package io.medallion.maintenance.audit;

import java.util.DoubleSummaryStatistics;

/** The sum of vectors, each of a speed and a direction, and how much it may be off. */
final class VectorSum {

  private static final double MILLIONTH = 1e-6;

  /** Of the job's sines and cosines, which have 12 digits, and of products with great speeds. */
  private static final double RELATIVE = 1e-11;

  private final DoubleSummaryStatistics east = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics north = new DoubleSummaryStatistics();
  private double uncertain;

  /**
   * Adds a vector; none if one of its numbers is NaN.
   *
   * @param tolerance how many degrees the direction may be off
   */
  void add(double speed, double degrees, double tolerance) {
    if (Double.isNaN(speed) || Double.isNaN(degrees)) {
      return;
    }
    double radians = Math.toRadians(degrees % 360);
    east.accept(speed * Math.sin(radians));
    north.accept(speed * Math.cos(radians));
    uncertain +=
        MILLIONTH
            + Math.abs(speed) * (RELATIVE + 2 * Math.sin(Math.toRadians(Math.abs(tolerance)) / 2));
  }

  void add(VectorSum other) {
    east.combine(other.east);
    north.combine(other.north);
    uncertain += other.uncertain;
  }

  double length() {
    return Math.hypot(east.getSum(), north.getSum());
  }

  /** By how much the sum may be off. */
  double uncertain() {
    return uncertain;
  }

  /** The direction of the sum, 0 to 360 degrees. */
  double degrees() {
    double degrees = Math.toDegrees(Math.atan2(east.getSum(), north.getSum()));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  /** By how many degrees the direction may be off. */
  double tolerance() {
    return length() > uncertain ? Math.toDegrees(Math.asin(uncertain / length())) : 180;
  }
}
