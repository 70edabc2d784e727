package io.medallion.job.gold;

import io.medallion.job.event.WeatherRecord;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What gold needs to know of the events of one window: of one station, or of all of them.
 *
 * <p>A Flink POJO; it travels between subtasks and is the state of the windows. Sums are {@link
 * FixedPoint}, so the result is the same to the last bit however the events were split into parts.
 * Its size is bounded whatever the events say.
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

  /** Events by condition, of at most {@link #MAX_CONDITIONS}. */
  public Map<String, Long> conditions = new HashMap<>();

  /** Of more conditions those count that come first by {@link #rank}, then by their characters. */
  static final int MAX_CONDITIONS = 256;

  /** The last of as many as may be; null if it is not known, or there may be more. */
  private transient String lastCondition;

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
    count(event.conditions.value, 1);
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
    part.conditions.forEach(this::count);
  }

  /**
   * Counts a condition if it is one of the first. The others that a sender may invent are left out:
   * which ones are depends on nothing but their names, so the counts of the first are exact however
   * the events were split into parts.
   */
  private void count(String condition, long events) {
    if (conditions.containsKey(condition) || conditions.size() < MAX_CONDITIONS) {
      conditions.merge(condition, events, Long::sum);
      return;
    }
    if (lastCondition == null) {
      lastCondition = Collections.max(conditions.keySet(), ORDER);
    }
    if (ORDER.compare(condition, lastCondition) < 0) {
      conditions.remove(lastCondition);
      conditions.put(condition, events);
      lastCondition = null;
    }
  }

  private static final Comparator<String> ORDER =
      Comparator.comparingLong(WindowAggregate::rank).thenComparing(Comparator.naturalOrder());

  /** The CRC-32 of its UTF-8: an order that favours none. */
  private static long rank(String condition) {
    CRC32 crc = new CRC32();
    crc.update(condition.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  /** Events whose condition is not one of those that count. */
  long eventsWithoutCondition() {
    long counted = 0;
    for (long events : conditions.values()) {
      counted += events;
    }
    return eventCount - counted;
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
