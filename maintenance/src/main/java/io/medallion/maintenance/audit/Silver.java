package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.List;

/** The columns of silver that the audit reads, and their places in a {@link RowCursor}. */
final class Silver {

  static final List<String> COLUMNS =
      List.of(
          "partition",
          "offset",
          "enqueuedTime",
          "eventTime",
          "stationId",
          "temperature",
          "humidity",
          "windSpeed",
          "windDirection",
          "precipitation",
          "conditions",
          "windDirectionDegrees",
          "dewPoint",
          "apparentTemperature",
          "beaufort",
          "qualityFlags",
          "eventHub");

  static final int PARTITION = 0;
  static final int OFFSET = 1;
  static final int ENQUEUED_TIME = 2;
  static final int EVENT_TIME = 3;
  static final int STATION_ID = 4;
  static final int TEMPERATURE = 5;
  static final int HUMIDITY = 6;
  static final int WIND_SPEED = 7;
  static final int WIND_DIRECTION = 8;
  static final int PRECIPITATION = 9;
  static final int CONDITIONS = 10;
  static final int WIND_DIRECTION_DEGREES = 11;
  static final int DEW_POINT = 12;
  static final int APPARENT_TEMPERATURE = 13;
  static final int BEAUFORT = 14;
  static final int QUALITY_FLAGS = 15;
  static final int EVENT_HUB = 16;

  private Silver() {}
}
