package io.medallion.generator.weather;

/**
 * What a station measures at one time, rounded to what an instrument shows and always within the
 * ranges of WMO-No. 488 that the job checks. Mutable, so that the hot path can use one for all
 * events; {@link WeatherModel#read} sets all of it.
 */
public final class Reading {

  int temperatureTenths;
  int humidity;
  int windSpeedTenths;
  WindDirection windDirection = WindDirection.N;
  int precipitationTenths;
  Conditions conditions = Conditions.CLEAR;

  /** Tenths of °C. */
  public int temperatureTenths() {
    return temperatureTenths;
  }

  /** Relative humidity, %. */
  public int humidity() {
    return humidity;
  }

  /** Tenths of km/h. */
  public int windSpeedTenths() {
    return windSpeedTenths;
  }

  public WindDirection windDirection() {
    return windDirection;
  }

  /** Tenths of mm. */
  public int precipitationTenths() {
    return precipitationTenths;
  }

  public Conditions conditions() {
    return conditions;
  }
}
