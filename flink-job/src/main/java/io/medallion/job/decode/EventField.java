package io.medallion.job.decode;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The fields of an event; a set of them is the bits of an int. */
enum EventField {
  TEMPERATURE("temperature", true),
  HUMIDITY("humidity", true),
  WIND_SPEED("windSpeed", true),
  WIND_DIRECTION("windDirection", true),
  PRECIPITATION("precipitation", true),
  CONDITIONS("conditions", true),
  STATION_ID("stationId", false),
  EVENT_TIME("eventTime", false),
  EVENT_ID("eventId", false);

  /** The set of the fields that every event must have. */
  static final int REQUIRED =
      Arrays.stream(values()).filter(EventField::isRequired).mapToInt(EventField::bit).sum();

  private final String jsonName;
  private final boolean required;

  EventField(String jsonName, boolean required) {
    this.jsonName = jsonName;
    this.required = required;
  }

  String jsonName() {
    return jsonName;
  }

  boolean isRequired() {
    return required;
  }

  @SuppressWarnings("EnumOrdinal") // the sets never leave this process
  int bit() {
    return 1 << ordinal();
  }

  /** The field of that name, or null. */
  static EventField named(String name) {
    return switch (name) {
      case "temperature" -> TEMPERATURE;
      case "humidity" -> HUMIDITY;
      case "windSpeed" -> WIND_SPEED;
      case "windDirection" -> WIND_DIRECTION;
      case "precipitation" -> PRECIPITATION;
      case "conditions" -> CONDITIONS;
      case "stationId" -> STATION_ID;
      case "eventTime" -> EVENT_TIME;
      case "eventId" -> EVENT_ID;
      default -> null;
    };
  }

  /** The names of the required fields that are not in a set. */
  static String missing(int seen) {
    return Arrays.stream(values())
        .filter(field -> field.required && (seen & field.bit()) == 0)
        .map(EventField::jsonName)
        .collect(Collectors.joining(", "));
  }
}
