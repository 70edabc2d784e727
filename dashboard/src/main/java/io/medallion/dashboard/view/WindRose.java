package io.medallion.dashboard.view;

import java.util.Arrays;

/**
 * How often the wind came from where and how strong: the number of windows in each of 16 sectors of
 * 22.5° (the first one is centred on north) and in each class of speed.
 *
 * <p>The classes follow the Beaufort scale, in km/h: up to force 2, 4, 6, and more. Under 1 km/h,
 * force 0, it is calm and has no direction.
 */
public final class WindRose {

  static final int SECTORS = 16;

  /** Where a class ends and the next one begins, km/h: the lower bounds of forces 3, 5 and 7. */
  private static final double[] BOUNDS = {12, 29, 50};

  private static final double CALM_BELOW = 1;

  private final double unit;

  private final long[][] counts = new long[SECTORS][BOUNDS.length + 1];
  private long calm;
  private long total;

  /**
   * @param unit of speeds; one that is not known here counts as km/h
   */
  WindRose(String unit) {
    this.unit =
        switch (unit) {
          case "m/s" -> 3.6;
          case "kn", "kt" -> 1.852;
          case "mph" -> 1.609344;
          default -> 1;
        };
  }

  /**
   * Counts a window.
   *
   * @param direction degrees, or NaN
   * @param speed NaN if the table does not tell it, which counts as the lowest class
   */
  void add(double direction, double speed) {
    total++;
    if (Double.isNaN(direction) || speed * unit < CALM_BELOW) {
      calm++;
      return;
    }
    int sector = (int) Math.floor((direction + 11.25) / 22.5) % SECTORS;
    counts[sector][speedClass(speed * unit)]++;
  }

  private static int speedClass(double speed) {
    int index = 0;
    while (index < BOUNDS.length && speed >= BOUNDS[index]) {
      index++;
    }
    return index;
  }

  /** By sector, then by class of speed. */
  public long[][] counts() {
    return counts;
  }

  public long calm() {
    return calm;
  }

  public long total() {
    return total;
  }

  /** Where a class of speed ends, in the unit of the speeds. */
  public double[] bounds() {
    return Arrays.stream(BOUNDS).map(bound -> bound / unit).toArray();
  }
}
