package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.RowCursor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns of gold that are read, and what their values mean here. */
final class GoldColumns {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private static final int START = 0;
  private static final int END = 1;
  private static final int EVENTS = 2;
  private static final int TEMPERATURE = 3;
  private static final int MIN_TEMPERATURE = 4;
  private static final int MAX_TEMPERATURE = 5;
  private static final int HUMIDITY = 6;
  private static final int MIN_HUMIDITY = 7;
  private static final int MAX_HUMIDITY = 8;
  private static final int WIND_SPEED = 9;
  private static final int MAX_WIND_SPEED = 10;
  private static final int PRECIPITATION = 11;
  private static final int WIND_DIRECTION = 12;
  private static final int CONDITIONS = 13;
  private static final int STATION = 14;

  private static final List<String> COMMON =
      List.of(
          "windowStart",
          "windowEnd",
          "eventCount",
          "temperature",
          "minTemperature",
          "maxTemperature",
          "humidity",
          "minHumidity",
          "maxHumidity",
          "windSpeed",
          "maxWindSpeed",
          "totalPrecipitation",
          "windDirectionDegrees",
          "conditions");

  private GoldColumns() {}

  static List<String> of(boolean byStation) {
    return Stream.concat(COMMON.stream(), Stream.of(byStation ? "stationId" : "stationCount"))
        .toList();
  }

  static String station(RowCursor row) {
    String name = row.text(STATION);
    return name == null ? "" : name;
  }

  static long windowSeconds(RowCursor row) {
    return (row.bigint(END) - row.bigint(START)) / MICROS_PER_SECOND;
  }

  static Reading reading(RowCursor row) {
    double speed = row.number(WIND_SPEED);
    double direction = Math.toRadians(row.number(WIND_DIRECTION));
    boolean calm = Double.isNaN(direction);
    return new Reading(
        Math.floorDiv(row.bigint(START), MICROS_PER_SECOND),
        row.bigint(EVENTS),
        row.number(TEMPERATURE),
        row.number(MIN_TEMPERATURE),
        row.number(MAX_TEMPERATURE),
        row.number(HUMIDITY),
        speed,
        row.number(MAX_WIND_SPEED),
        row.number(PRECIPITATION),
        calm ? 0 : speed * Math.sin(direction),
        calm ? 0 : speed * Math.cos(direction));
  }

  static Current current(RowCursor row, Reading reading, boolean byStation) {
    return new Current(
        reading,
        Math.floorDiv(row.bigint(END), MICROS_PER_SECOND),
        byStation ? 1 : row.bigint(STATION),
        row.number(MIN_HUMIDITY),
        row.number(MAX_HUMIDITY),
        Optional.ofNullable(row.text(CONDITIONS)));
  }
}
