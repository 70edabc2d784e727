package io.medallion.job.gold;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.CompassPoint;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * The two tables that Power BI reads: one row per closed window, of each station and of all of
 * them. Flat, unpartitioned, no nested column, no NaN: what every reader of Delta takes.
 */
public final class GoldTable implements RowEncoder<WindowAggregate> {

  private static final long serialVersionUID = 1L;

  private static final int WINDOW_START = 0;
  private static final int WINDOW_END = 1;
  private static final int STATION = 2;
  private static final int EVENT_COUNT = 3;
  private static final int TEMPERATURE = 4;
  private static final int HUMIDITY = 5;
  private static final int WIND_SPEED = 6;
  private static final int PRECIPITATION = 7;
  private static final int MIN_TEMPERATURE = 8;
  private static final int MAX_TEMPERATURE = 9;
  private static final int MIN_HUMIDITY = 10;
  private static final int MAX_HUMIDITY = 11;
  private static final int MIN_WIND_SPEED = 12;
  private static final int MAX_WIND_SPEED = 13;
  private static final int TOTAL_PRECIPITATION = 14;
  private static final int WIND_DIRECTION_DEGREES = 15;
  private static final int WIND_DIRECTION = 16;
  private static final int CONDITIONS = 17;

  private final boolean byStation;

  private GoldTable(boolean byStation) {
    this.byStation = byStation;
  }

  public static LakeTable<WindowAggregate> byStation() {
    return table("weather_by_station", new Columns().text("stationId").build(), true);
  }

  public static LakeTable<WindowAggregate> summary() {
    return table("weather_summary", new Columns().bigint("stationCount").build(), false);
  }

  private static LakeTable<WindowAggregate> table(String name, RowType station, boolean byStation) {
    return new LakeTable<>(
        name, "gold/" + name, rowType(station), Optional.empty(), new GoldTable(byStation));
  }

  private static RowType rowType(RowType station) {
    return new Columns()
        .timestamp("windowStart")
        .timestamp("windowEnd")
        .all(station)
        .bigint("eventCount")
        .decimal("temperature")
        .decimal("humidity")
        .decimal("windSpeed")
        .decimal("precipitation")
        .decimal("minTemperature")
        .decimal("maxTemperature")
        .decimal("minHumidity")
        .decimal("maxHumidity")
        .decimal("minWindSpeed")
        .decimal("maxWindSpeed")
        .decimal("totalPrecipitation")
        .decimal("windDirectionDegrees")
        .text("windDirection")
        .text("conditions")
        .build();
  }

  @Override
  public void encode(WindowAggregate window, RowWriter out) {
    Values.setTimestamp(out, WINDOW_START, window.windowStart);
    Values.setTimestamp(out, WINDOW_END, window.windowEnd);
    if (byStation) {
      out.setString(STATION, window.stationId);
    } else {
      out.setLong(STATION, window.stationCount);
    }
    long count = window.eventCount;
    out.setLong(EVENT_COUNT, count);
    out.setDouble(TEMPERATURE, FixedPoint.average(window.temperatureSum, count));
    out.setDouble(HUMIDITY, FixedPoint.average(window.humiditySum, count));
    out.setDouble(WIND_SPEED, FixedPoint.average(window.windSpeedSum, count));
    out.setDouble(PRECIPITATION, FixedPoint.average(window.precipitationSum, count));
    out.setDouble(MIN_TEMPERATURE, window.minTemperature);
    out.setDouble(MAX_TEMPERATURE, window.maxTemperature);
    out.setDouble(MIN_HUMIDITY, window.minHumidity);
    out.setDouble(MAX_HUMIDITY, window.maxHumidity);
    out.setDouble(MIN_WIND_SPEED, window.minWindSpeed);
    out.setDouble(MAX_WIND_SPEED, window.maxWindSpeed);
    out.setDouble(TOTAL_PRECIPITATION, FixedPoint.toDouble(window.precipitationSum));
    double direction = window.meanWindDirection();
    if (!Double.isNaN(direction)) {
      out.setDouble(WIND_DIRECTION_DEGREES, direction);
      out.setString(WIND_DIRECTION, CompassPoint.ofDegrees(direction).name());
    }
    out.setString(CONDITIONS, window.prevailingCondition());
  }
}
