package io.medallion.job.gold;

import io.medallion.job.event.WeatherRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * What gold needs to know of the events of one window: of one station, or of all of them.
 *
 * <p>A Flink POJO; it travels between subtasks and is the state of the windows. Sums are {@link
 * FixedPoint}, so the result is the same to the last bit however the events were split into parts.
 */
public final class WindowAggregate {

  /** Null for all stations. */
  public String stationId;

  public long windowStart;
  public long windowEnd;
  public long eventCount;
  public long stationCount;

  public long temperatureSum;
  public long humiditySum;
  public long windSpeedSum;
  public long precipitationSum;

  public double minTemperature = Double.POSITIVE_INFINITY;
  public double maxTemperature = Double.NEGATIVE_INFINITY;
  public double minHumidity = Double.POSITIVE_INFINITY;
  public double maxHumidity = Double.NEGATIVE_INFINITY;
  public double minWindSpeed = Double.POSITIVE_INFINITY;
  public double maxWindSpeed = Double.NEGATIVE_INFINITY;

  /** Sums of the wind vectors: direction weighted by speed. */
  public long windEastSum;

  public long windNorthSum;

  /** Events by condition. */
  public Map<String, Long> conditions = new HashMap<>();

  /** For the serializer, and as the start of a merge. */
  public WindowAggregate() {}

  public WindowAggregate(String stationId, long windowStart, long windowEnd) {
    this.stationId = stationId;
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.stationCount = 1;
  }

  void add(WeatherRecord event) {
    eventCount++;
    temperatureSum += FixedPoint.of(event.temperature);
    humiditySum += FixedPoint.of(event.humidity);
    windSpeedSum += FixedPoint.of(event.windSpeed);
    precipitationSum += FixedPoint.of(event.precipitation);
    minTemperature = Math.min(minTemperature, event.temperature);
    maxTemperature = Math.max(maxTemperature, event.temperature);
    minHumidity = Math.min(minHumidity, event.humidity);
    maxHumidity = Math.max(maxHumidity, event.humidity);
    minWindSpeed = Math.min(minWindSpeed, event.windSpeed);
    maxWindSpeed = Math.max(maxWindSpeed, event.windSpeed);
    double direction = event.windDirectionDegrees;
    windEastSum += FixedPoint.of(event.windSpeed * event.windDirection.east(direction));
    windNorthSum += FixedPoint.of(event.windSpeed * event.windDirection.north(direction));
    conditions.merge(event.conditions.value, 1L, Long::sum);
  }

  /** Adds another part of the same window; stations are the caller's to count. */
  void add(WindowAggregate part) {
    windowStart = part.windowStart;
    windowEnd = part.windowEnd;
    eventCount += part.eventCount;
    temperatureSum += part.temperatureSum;
    humiditySum += part.humiditySum;
    windSpeedSum += part.windSpeedSum;
    precipitationSum += part.precipitationSum;
    minTemperature = Math.min(minTemperature, part.minTemperature);
    maxTemperature = Math.max(maxTemperature, part.maxTemperature);
    minHumidity = Math.min(minHumidity, part.minHumidity);
    maxHumidity = Math.max(maxHumidity, part.maxHumidity);
    minWindSpeed = Math.min(minWindSpeed, part.minWindSpeed);
    maxWindSpeed = Math.max(maxWindSpeed, part.maxWindSpeed);
    windEastSum += part.windEastSum;
    windNorthSum += part.windNorthSum;
    part.conditions.forEach((condition, count) -> conditions.merge(condition, count, Long::sum));
  }

  /**
   * The mean wind's direction in degrees, 0 to 360, weighted by speed; NaN when it is calm or the
   * winds cancel.
   */
  double meanWindDirection() {
    double east = FixedPoint.toDouble(windEastSum);
    double north = FixedPoint.toDouble(windNorthSum);
    if (Math.hypot(east, north) <= FixedPoint.toDouble(eventCount)) {
      // Under a millionth of a km/h: the rounding of the terms, not a wind.
      return Double.NaN;
    }
    double degrees = Math.toDegrees(Math.atan2(east, north));
    // Adding 360 to a tiny negative angle gives 360 itself.
    return degrees < 0 ? (degrees + 360) % 360 : degrees;
  }

  /** The most frequent condition, of equals the first in the order of their characters. */
  String prevailingCondition() {
    String prevailing = null;
    long most = 0;
    for (Map.Entry<String, Long> entry : conditions.entrySet()) {
      long count = entry.getValue();
      boolean first = count == most && entry.getKey().compareTo(prevailing) < 0;
      if (count > most || first) {
        prevailing = entry.getKey();
        most = count;
      }
    }
    return prevailing;
  }
}
