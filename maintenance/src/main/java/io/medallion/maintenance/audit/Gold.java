package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.List;
import java.util.stream.Stream;

/** The columns of both gold tables, and their places in a {@link RowCursor}. */
final class Gold {

  static final int WINDOW_START = 0;
  static final int WINDOW_END = 1;

  /** {@code stationId}, or {@code stationCount} in the summary. */
  static final int STATION = 2;

  static final int EVENT_COUNT = 3;
  static final int TEMPERATURE = 4;
  static final int HUMIDITY = 5;
  static final int WIND_SPEED = 6;
  static final int PRECIPITATION = 7;
  static final int MIN_TEMPERATURE = 8;
  static final int MAX_TEMPERATURE = 9;
  static final int MIN_HUMIDITY = 10;
  static final int MAX_HUMIDITY = 11;
  static final int MIN_WIND_SPEED = 12;
  static final int MAX_WIND_SPEED = 13;
  static final int TOTAL_PRECIPITATION = 14;
  static final int WIND_DIRECTION_DEGREES = 15;
  static final int WIND_DIRECTION = 16;
  static final int CONDITIONS = 17;

  /** What tells where a row belongs: a beginning of {@link #BY_STATION} and {@link #SUMMARY}. */
  static final List<String> WINDOW = List.of("windowStart", "windowEnd");

  static final List<String> BY_STATION = columns("stationId");
  static final List<String> SUMMARY = columns("stationCount");

  private Gold() {}

  private static List<String> columns(String station) {
    return Stream.concat(
            WINDOW.stream(),
            Stream.of(
                station,
                "eventCount",
                "temperature",
                "humidity",
                "windSpeed",
                "precipitation",
                "minTemperature",
                "maxTemperature",
                "minHumidity",
                "maxHumidity",
                "minWindSpeed",
                "maxWindSpeed",
                "totalPrecipitation",
                "windDirectionDegrees",
                "windDirection",
                "conditions"))
        .toList();
  }

  static String window(RowCursor row) {
    return Micros.text(row.bigint(WINDOW_START), row.bigint(WINDOW_END));
  }
}
