package io.medallion.job.gold;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a window in releases before contracts: read, and never written. A Flink POJO, whose
 * name and fields are those that savepoints have.
 */
public final class WindowAggregate implements GoldState {

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

  public long windEastSum;
  public long windNorthSum;

  public Map<String, Long> conditions = new HashMap<>();

  private static final GoldLayout.Names NAMES =
      new GoldLayout.Names(
          List.of("sum:temperature", "sum:humidity", "sum:windSpeed", "sum:precipitation"),
          List.of("extremes:temperature", "extremes:humidity", "extremes:windSpeed"),
          List.of(),
          List.of("vector:windSpeed,windDirection"),
          List.of("texts:conditions"),
          List.of());

  @Override
  public GoldCell toCell(GoldLayout.Names names) {
    GoldCell cell = new GoldCell(NAMES);
    cell.key = stationId;
    cell.windowStart = windowStart;
    cell.windowEnd = windowEnd;
    cell.eventCount = eventCount;
    cell.keyCount = stationCount;
    long[] sums = {temperatureSum, humiditySum, windSpeedSum, precipitationSum};
    for (int i = 0; i < sums.length; i++) {
      cell.sumCounts[i] = eventCount;
      WideSum.add(cell.sums, i, sums[i]);
    }
    double[] min = {minTemperature, minHumidity, minWindSpeed};
    double[] max = {maxTemperature, maxHumidity, maxWindSpeed};
    System.arraycopy(min, 0, cell.min, 0, min.length);
    System.arraycopy(max, 0, cell.max, 0, max.length);
    cell.vectorCounts[0] = eventCount;
    WideSum.add(cell.eastSums, 0, windEastSum);
    WideSum.add(cell.northSums, 0, windNorthSum);
    cell.texts[0].restore(eventCount, conditions);
    return cell.toCell(names);
  }
}
