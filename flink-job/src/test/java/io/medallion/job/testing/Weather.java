package io.medallion.job.testing;

import io.medallion.job.event.CompassPoint;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;

/** Valid events for tests of operators; every call makes a new one. */
public final class Weather {

  private Weather() {}

  /** An ordinary event of a station, read from a partition. */
  public static WeatherRecord event(int partition, String station, long eventTime) {
    WeatherRecord record = new WeatherRecord();
    record.eventHub = new Text("weather");
    record.partition = partition;
    record.enqueuedTime = eventTime;
    record.arrivalTime = eventTime;
    record.processedTime = eventTime;
    record.body = new byte[0];
    record.temperature = 20;
    record.humidity = 60;
    record.windSpeed = 10;
    blow(record, 315);
    record.precipitation = 0;
    record.conditions = new Text("Sunny");
    record.stationId = new Text(station);
    record.eventTime = eventTime;
    return record;
  }

  /** Lets the wind come from that direction, 0 to 360 degrees. */
  public static void blow(WeatherRecord record, double degrees) {
    record.windDirection = CompassPoint.ofDegrees(degrees);
    record.windDirectionDegrees = degrees;
  }

  public static WeatherRecord event(String station, long eventTime) {
    return event(0, station, eventTime);
  }
}
