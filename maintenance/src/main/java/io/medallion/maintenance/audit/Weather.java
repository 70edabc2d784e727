package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.maintenance.lake.RowCursor;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What gold says of some events, worked out anew in plain doubles (sums compensated): on purpose
 * not with the job's code.
 */
final class Weather {

  private static final List<String> POINTS =
      List.of(
          "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
          "NW", "NNW");
  private static final int MAX_CONDITIONS = 256;
  private static final double SECTOR = 360.0 / POINTS.size();

  final DoubleSummaryStatistics temperature = new DoubleSummaryStatistics();
  final DoubleSummaryStatistics humidity = new DoubleSummaryStatistics();
  final DoubleSummaryStatistics windSpeed = new DoubleSummaryStatistics();
  final DoubleSummaryStatistics precipitation = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics windEast = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics windNorth = new DoubleSummaryStatistics();

  /** By condition, of the first so many in the order of their CRC-32. */
  private final TreeMap<String, Long> conditions =
      new TreeMap<>(
          Comparator.comparingLong(Weather::crc).thenComparing(Comparator.naturalOrder()));

  private boolean hasMoreConditions;
  private boolean isOfFirstRelease;

  void add(RowCursor row) {
    double speed = row.number(Silver.WIND_SPEED);
    double from = Math.toRadians(row.number(Silver.WIND_DIRECTION_DEGREES));
    temperature.accept(row.number(Silver.TEMPERATURE));
    humidity.accept(row.number(Silver.HUMIDITY));
    windSpeed.accept(speed);
    precipitation.accept(row.number(Silver.PRECIPITATION));
    windEast.accept(speed * Math.sin(from));
    windNorth.accept(speed * Math.cos(from));
    count(String.valueOf(row.text(Silver.CONDITIONS)), 1L);
    isOfFirstRelease |= row.isNull(Silver.EVENT_HUB);
  }

  void add(Weather other) {
    temperature.combine(other.temperature);
    humidity.combine(other.humidity);
    windSpeed.combine(other.windSpeed);
    precipitation.combine(other.precipitation);
    windEast.combine(other.windEast);
    windNorth.combine(other.windNorth);
    other.conditions.forEach(this::count);
    hasMoreConditions |= other.hasMoreConditions;
    isOfFirstRelease |= other.isOfFirstRelease;
  }

  private void count(String condition, long events) {
    conditions.merge(condition, events, Long::sum);
    if (conditions.size() > MAX_CONDITIONS) {
      conditions.pollLastEntry();
      hasMoreConditions = true;
    }
  }

  private static long crc(String condition) {
    CRC32 crc = new CRC32();
    crc.update(condition.getBytes(UTF_8));
    return crc.getValue();
  }

  long count() {
    return temperature.getCount();
  }

  /** The length of the sum of the wind vectors, km/h. */
  double wind() {
    return Math.hypot(windEast.getSum(), windNorth.getSum());
  }

  /** The direction of that sum, 0 to 360 degrees. */
  double windDegrees() {
    double degrees = Math.toDegrees(Math.atan2(windEast.getSum(), windNorth.getSum()));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  /** The compass point in whose sector a direction lies. */
  static String point(double degrees) {
    return POINTS.get((int) Math.floor((degrees + SECTOR / 2) / SECTOR) % POINTS.size());
  }

  /**
   * Whether the job may have counted conditions that are not counted here: the first release
   * counted all of them, and so does its state in a later one.
   */
  boolean mayHaveOtherConditions() {
    return hasMoreConditions && isOfFirstRelease;
  }

  /** Of conditions that are equally frequent, the first in the order of their characters. */
  String prevailingCondition() {
    return conditions.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
