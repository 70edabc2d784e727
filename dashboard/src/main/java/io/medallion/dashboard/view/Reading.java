package io.medallion.dashboard.view;

/** The numbers of one stretch of time: of a window, or of several windows together. */
public final class Reading {

  private final long startSeconds;
  private final long events;
  private final float[] values;

  /**
   * @param startSeconds since 1970
   * @param events that it was measured by
   * @param values by {@link Measure#slot}; NaN where there is none
   */
  Reading(long startSeconds, long events, float[] values) {
    this.startSeconds = startSeconds;
    this.events = events;
    this.values = values;
  }

  public long startSeconds() {
    return startSeconds;
  }

  public long events() {
    return events;
  }

  double value(int slot) {
    return values[slot];
  }

  /** Degrees from north over east, 0 to 360, of a vector; NaN if it has none. */
  double direction(int slot) {
    double east = values[slot];
    double north = values[slot + 1];
    double length = Math.hypot(east, north);
    if (Double.isNaN(length) || length < 1e-3) {
      return Double.NaN;
    }
    double degrees = Math.toDegrees(Math.atan2(east, north));
    return degrees < 0 ? (degrees + 360) % 360 : degrees;
  }
}
