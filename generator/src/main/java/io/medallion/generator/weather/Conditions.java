package io.medallion.generator.weather;

/** The sky in words, as it follows from the numbers. */
public enum Conditions {
  CLEAR("Clear"),
  PARTLY_CLOUDY("Partly Cloudy"),
  CLOUDY("Cloudy"),
  FOG("Fog"),
  WINDY("Windy"),
  RAIN("Rain"),
  HEAVY_RAIN("Heavy Rain"),
  THUNDERSTORM("Thunderstorm"),
  SNOW("Snow");

  private final String text;

  Conditions(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * The words for a reading.
   *
   * @param temperature tenths of °C
   * @param humidity %
   * @param wind tenths of km/h
   * @param precipitation tenths of mm
   */
  static Conditions of(int temperature, int humidity, int wind, int precipitation) {
    if (precipitation > 0) {
      if (temperature <= 5) {
        return SNOW;
      }
      if (precipitation < 50) {
        return RAIN;
      }
      return temperature >= 180 ? THUNDERSTORM : HEAVY_RAIN;
    }
    if (wind >= 400) {
      return WINDY;
    }
    if (humidity >= 92 && wind <= 120) {
      return FOG;
    }
    if (humidity >= 75) {
      return CLOUDY;
    }
    return humidity >= 55 ? PARTLY_CLOUDY : CLEAR;
  }
}
