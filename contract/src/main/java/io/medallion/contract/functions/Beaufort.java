package io.medallion.contract.functions;

/**
 * The Beaufort scale of wind force.
 *
 * <p>Source: WMO-No. 306, Manual on Codes, volume I.1, section E.
 */
public final class Beaufort {

  /** Lower bounds of forces 1 to 12 in km/h: 0.3, 1.6, 3.4, 5.5, 8.0, ... 32.7 m/s times 3.6. */
  private static final double[] LOWER_BOUNDS = {
    1.08, 5.76, 12.24, 19.8, 28.8, 38.88, 50.04, 61.92, 74.88, 88.2, 102.6, 117.72
  };

  private Beaufort() {}

  /** The force, 0 to 12, of a wind speed in km/h. */
  public static int of(double windSpeed) {
    int force = 0;
    while (force < LOWER_BOUNDS.length && windSpeed >= LOWER_BOUNDS[force]) {
      force++;
    }
    return force;
  }
}
