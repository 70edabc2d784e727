package io.medallion.contract.functions;

/**
 * How warm it feels: wind chill where that is defined, else the heat index from 80 °F, else the
 * temperature itself.
 */
public final class ApparentTemperature {

  private ApparentTemperature() {}

  /**
   * Returns the apparent temperature in °C.
   *
   * @param temperature °C
   * @param humidity relative, %
   * @param windSpeed km/h
   */
  public static double of(double temperature, double humidity, double windSpeed) {
    double chill = windChill(temperature, windSpeed);
    if (!Double.isNaN(chill)) {
      return chill;
    }
    double index = heatIndex(temperature, humidity);
    return Double.isNaN(index) ? temperature : index;
  }

  /**
   * Wind chill in °C, or NaN above 10 °C or at 4.8 km/h and less.
   *
   * <p>Source: National Weather Service and Environment Canada, 2001.
   */
  static double windChill(double temperature, double windSpeed) {
    if (temperature > 10 || windSpeed <= 4.8) {
      return Double.NaN;
    }
    double v = Math.pow(windSpeed, 0.16);
    return 13.12 + 0.6215 * temperature - 11.37 * v + 0.3965 * temperature * v;
  }

  /**
   * Heat index in °C, or NaN where it stays under 80 °F.
   *
   * <p>Source: National Weather Service, "The heat index equation" (Rothfusz, SR 90-23, with
   * Steadman's simple form below and both adjustments).
   */
  static double heatIndex(double temperature, double humidity) {
    double t = temperature * 9 / 5 + 32;
    double simple = (t + 0.5 * (t + 61 + 1.2 * (t - 68) + 0.094 * humidity)) / 2;
    if (simple < 80) {
      return Double.NaN;
    }
    return (rothfusz(t, humidity) + adjustment(t, humidity) - 32) * 5 / 9;
  }

  private static double rothfusz(double t, double rh) {
    return -42.379
        + 2.04901523 * t
        + 10.14333127 * rh
        - .22475541 * t * rh
        - .00683783 * t * t
        - .05481717 * rh * rh
        + .00122874 * t * t * rh
        + .00085282 * t * rh * rh
        - .00000199 * t * t * rh * rh;
  }

  private static double adjustment(double t, double rh) {
    if (rh < 13 && t >= 80 && t <= 112) {
      return -(13 - rh) / 4 * Math.sqrt((17 - Math.abs(t - 95)) / 17);
    }
    if (rh > 85 && t >= 80 && t <= 87) {
      return (rh - 85) / 10 * ((87 - t) / 5);
    }
    return 0;
  }
}
