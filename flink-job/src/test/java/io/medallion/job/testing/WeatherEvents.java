package io.medallion.job.testing;

import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;

/** Valid events for tests of operators; every call makes a new one. */
public final class WeatherEvents {

  // Fields of the weather's contract.
  public static final int TEMPERATURE = 0;
  public static final int HUMIDITY = 1;
  public static final int WIND_SPEED = 2;
  public static final int WIND_DIRECTION = 3;
  public static final int PRECIPITATION = 4;
  public static final int CONDITIONS = 5;

  private static final int FIELDS = 6;

  private WeatherEvents() {}

  /** An ordinary event of a station, read from a partition. */
  public static EventRecord event(int partition, String station, long eventTime) {
    EventRecord record = new EventRecord();
    record.clearDecoded(FIELDS);
    record.eventHub = new Text("weather");
    record.partition = partition;
    record.enqueuedTime = eventTime;
    record.arrivalTime = eventTime;
    record.processedTime = eventTime;
    record.body = new byte[0];
    record.event = record.body;
    record.numbers[TEMPERATURE] = 20;
    record.numbers[HUMIDITY] = 60;
    record.numbers[WIND_SPEED] = 10;
    record.numbers[WIND_DIRECTION] = 315;
    record.numbers[PRECIPITATION] = 0;
    record.texts[CONDITIONS] = new Text("Sunny");
    record.group = new Text(station);
    record.eventTime = eventTime;
    return record;
  }

  /** The compass point that the wind comes from; null without a direction. */
  public static CompassPoint point(EventRecord record) {
    double degrees = record.numbers[WIND_DIRECTION];
    return Double.isNaN(degrees) ? null : CompassPoint.ofDegrees(degrees);
  }

  /** Lets the wind come from that direction, 0 to 360 degrees. */
  public static void blow(EventRecord record, double degrees) {
    record.numbers[WIND_DIRECTION] = degrees;
  }

  public static EventRecord event(String station, long eventTime) {
    return event(0, station, eventTime);
  }
}
