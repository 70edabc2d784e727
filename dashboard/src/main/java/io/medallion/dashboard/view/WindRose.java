package io.medallion.dashboard.view;

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
  static final double[] BOUNDS = {12, 29, 50};

  private static final double CALM_BELOW = 1;

  private final long[][] counts = new long[SECTORS][BOUNDS.length + 1];
  private long calm;
  private long total;

  void add(Reading reading) {
    total++;
    double direction = reading.windDirection();
    if (Double.isNaN(direction) || reading.windSpeed() < CALM_BELOW) {
      calm++;
      return;
    }
    int sector = (int) Math.floor((direction + 11.25) / 22.5) % SECTORS;
    counts[sector][speedClass(reading.windSpeed())]++;
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

  public double[] bounds() {
    return BOUNDS.clone();
  }
}
