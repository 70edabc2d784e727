package io.medallion.job.decode;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;

/**
 * Rejects measurements that no weather station on Earth can have taken.
 *
 * <p>Limits: WMO-No. 488 (Guide to the Global Observing System), appendix VI.2, and Zahumenský,
 * "Guidelines on quality control procedures for data from automatic weather stations", WMO 2004:
 * −90..70 °C, 0..100 %, wind 0..75 m/s (270 km/h). Precipitation: not below zero, and 2,000 mm is
 * above the record of a whole day (1,825 mm, WMO world weather extremes archive).
 */
final class PlausibleRanges {

  private PlausibleRanges() {}

  static void check(WeatherRecord record) {
    check(record, "temperature", record.temperature, -90, 70, "°C");
    check(record, "humidity", record.humidity, 0, 100, "%");
    check(record, "windSpeed", record.windSpeed, 0, 270, "km/h");
    check(record, "precipitation", record.precipitation, 0, 2000, "mm");
  }

  private static void check(
      WeatherRecord record, String field, double value, int min, int max, String unit) {
    // Written so that NaN is outside.
    if (!(value >= min && value <= max)) {
      record.reject(
          RejectReason.OUT_OF_RANGE,
          "%s %s is outside %d..%d %s".formatted(field, value, min, max, unit));
    }
  }
}
