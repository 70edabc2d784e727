package io.medallion.job.silver;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.enrich.ApparentTemperature;
import io.medallion.job.enrich.Beaufort;
import io.medallion.job.enrich.DewPoint;
import io.medallion.job.event.CompassPoint;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/** Every valid event, on time or late: its fields, what follows from them, and its lineage. */
public final class SilverTable implements RowEncoder<WeatherRecord> {

  private static final long serialVersionUID = 1L;

  private static final int TEMPERATURE = 0;
  private static final int HUMIDITY = 1;
  private static final int WIND_SPEED = 2;
  private static final int WIND_DIRECTION = 3;
  private static final int PRECIPITATION = 4;
  private static final int CONDITIONS = 5;
  private static final int STATION_ID = 6;
  private static final int EVENT_TIME = 7;
  private static final int EVENT_ID = 8;
  private static final int WIND_DIRECTION_DEGREES = 9;
  private static final int DEW_POINT = 10;
  private static final int APPARENT_TEMPERATURE = 11;
  private static final int BEAUFORT = 12;
  private static final int QUALITY_FLAGS = 13;
  private static final int PARTITION = 14;
  private static final int OFFSET = 15;
  private static final int ENQUEUED_TIME = 16;
  private static final int PROCESSED_TIME = 17;
  private static final int EVENT_DATE = 18;
  private static final int EVENT_HUB = 19;

  /** Also the first columns of the late table. */
  public static final RowType ROW_TYPE =
      new Columns()
          .decimal("temperature")
          .decimal("humidity")
          .decimal("windSpeed")
          .text("windDirection")
          .decimal("precipitation")
          .text("conditions")
          .text("stationId")
          .timestamp("eventTime")
          .text("eventId")
          .decimal("windDirectionDegrees")
          .decimal("dewPoint")
          .decimal("apparentTemperature")
          .integer("beaufort")
          .text("qualityFlags")
          .integer("partition")
          .bigint("offset")
          .timestamp("enqueuedTime")
          .timestamp("processedTime")
          .date("eventDate")
          .text("eventHub")
          .build();

  private static final Map<CompassPoint, byte[]> POINT_NAMES = pointNames();

  public SilverTable() {}

  public static LakeTable<WeatherRecord> table() {
    return new LakeTable<>(
        "silver", "silver", ROW_TYPE, Optional.of("eventDate"), new SilverTable());
  }

  @Override
  public void encodePartition(WeatherRecord event, RowWriter out) {
    Values.setDate(out, EVENT_DATE, event.eventTime);
  }

  @Override
  public void encode(WeatherRecord event, RowWriter out) {
    out.setDouble(TEMPERATURE, event.temperature);
    out.setDouble(HUMIDITY, event.humidity);
    out.setDouble(WIND_SPEED, event.windSpeed);
    out.setBytes(WIND_DIRECTION, POINT_NAMES.get(event.windDirection));
    out.setDouble(PRECIPITATION, event.precipitation);
    out.setBytes(CONDITIONS, event.conditions.utf8);
    out.setBytes(STATION_ID, event.stationId.utf8);
    Values.setTimestamp(out, EVENT_TIME, event.eventTime);
    if (event.eventId != null) {
      out.setBytes(EVENT_ID, event.eventId);
    }
    out.setDouble(WIND_DIRECTION_DEGREES, event.windDirectionDegrees);
    Values.setNumber(out, DEW_POINT, DewPoint.of(event.temperature, event.humidity));
    out.setDouble(
        APPARENT_TEMPERATURE,
        ApparentTemperature.of(event.temperature, event.humidity, event.windSpeed));
    out.setInt(BEAUFORT, Beaufort.of(event.windSpeed));
    byte[] qualityFlags = QualityFlags.utf8(event);
    if (qualityFlags != null) {
      out.setBytes(QUALITY_FLAGS, qualityFlags);
    }
    out.setInt(PARTITION, event.partition);
    out.setLong(OFFSET, event.offset);
    Values.setTimestamp(out, ENQUEUED_TIME, event.enqueuedTime);
    Values.setTimestamp(out, PROCESSED_TIME, event.processedTime);
    out.setBytes(EVENT_HUB, event.eventHub.utf8);
  }

  private static Map<CompassPoint, byte[]> pointNames() {
    Map<CompassPoint, byte[]> names = new EnumMap<>(CompassPoint.class);
    for (CompassPoint point : CompassPoint.values()) {
      names.put(point, point.name().getBytes(StandardCharsets.UTF_8));
    }
    return names;
  }
}
