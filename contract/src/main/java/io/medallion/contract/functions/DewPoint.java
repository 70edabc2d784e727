package io.medallion.contract.functions;

/**
 * The dew point by the Magnus formula over water.
 *
 * <p>Source: WMO-No. 8, Guide to Instruments and Methods of Observation, annex 4.B: a = 17.62, b =
 * 243.12 °C, valid from −45 to 60 °C. Dry air (0 %) has none.
 */
public final class DewPoint {

  private static final double A = 17.62;
  private static final double B = 243.12;

  private DewPoint() {}

  /**
   * Returns the dew point in °C, or NaN outside the formula's validity.
   *
   * @param temperature °C
   * @param humidity relative, %
   */
  public static double of(double temperature, double humidity) {
    if (humidity <= 0 || temperature < -45 || temperature > 60) {
      return Double.NaN;
    }
    double gamma = Math.log(humidity / 100) + A * temperature / (B + temperature);
    return B * gamma / (A - gamma);
  }
}
