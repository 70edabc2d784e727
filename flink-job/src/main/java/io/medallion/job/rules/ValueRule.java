package io.medallion.job.rules;

/**
 * The rules on measured values: each number within limits that a configuration can move and whose
 * breach it can turn into a warning, and within outer limits that nothing moves. In order of
 * precedence.
 *
 * <p>Default limits: what a weather station on Earth can have measured, by WMO-No. 488 (Guide to
 * the Global Observing System), appendix VI.2, and Zahumenský, "Guidelines on quality control
 * procedures for data from automatic weather stations", WMO 2004: −90..70 °C, 0..100 %, wind 0..75
 * m/s (270 km/h). Precipitation: not below zero, and 2,000 mm is above the record of a whole day
 * (1,825 mm, WMO world weather extremes archive).
 *
 * <p>Outer limits: beyond them a number is no measurement whatever the station (below absolute
 * zero, a negative speed), or its sums could exceed what gold can hold.
 */
@SuppressWarnings("ImmutableEnumChecker") // a Range is two numbers
public enum ValueRule {
  TEMPERATURE("temperature", "°C", new Range(-90, 70), new Range(-273.15, 200)),
  HUMIDITY("humidity", "%", new Range(0, 100), new Range(0, 200)),
  WIND_SPEED("windSpeed", "km/h", new Range(0, 270), new Range(0, 1000)),
  PRECIPITATION("precipitation", "mm", new Range(0, 2000), new Range(0, 10_000));

  private final String field;
  private final String unit;
  private final Range defaultLimits;
  private final Range outerLimits;

  ValueRule(String field, String unit, Range defaultLimits, Range outerLimits) {
    this.field = field;
    this.unit = unit;
    this.defaultLimits = defaultLimits;
    this.outerLimits = outerLimits;
  }

  /** The event's field. */
  public String field() {
    return field;
  }

  public String unit() {
    return unit;
  }

  public Range defaultLimits() {
    return defaultLimits;
  }

  /** The limits beyond which every event is rejected, whatever is configured. */
  public Range outerLimits() {
    return outerLimits;
  }

  /** Whether its breach rejects or warns unless something else is configured. */
  public Severity defaultSeverity() {
    return Severity.REJECT;
  }

  /** Stands for the rule in {@code WeatherRecord.qualityFlags}. */
  @SuppressWarnings("EnumOrdinal") // the bits never leave this process
  int bit() {
    return 1 << ordinal();
  }
}
