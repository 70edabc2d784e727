package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

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

  private static final EventField[] FIELDS = values();

  /** The set of the fields that every event must have. */
  private static final int REQUIRED =
      Arrays.stream(FIELDS).filter(EventField::isRequired).mapToInt(EventField::bit).sum();

  private final String jsonName;
  private final boolean required;

  // The name and the quote after it, 8 to 16 bytes, as two words that may overlap.
  private final int quotedLength;
  private final long head;
  private final long tail;

  EventField(String jsonName, boolean required) {
    this.jsonName = jsonName;
    this.required = required;
    byte[] quoted = (jsonName + '"').getBytes(US_ASCII);
    quotedLength = quoted.length;
    head = Words.at(quoted, 0);
    tail = Words.at(quoted, quotedLength - Long.BYTES);
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

  /** How many bytes the name takes with the quote after it. */
  int quotedLength() {
    return quotedLength;
  }

  /** The field whose name, and a quote after it, is there in the bytes; or null. */
  static EventField quotedAt(byte[] bytes, int at) {
    if (at > bytes.length - Long.BYTES) {
      return null;
    }
    long word = Words.at(bytes, at);
    for (EventField field : FIELDS) {
      if (field.head == word) {
        return field.endsAt(bytes, at + field.quotedLength) ? field : null;
      }
    }
    return null;
  }

  private boolean endsAt(byte[] bytes, int end) {
    return end <= bytes.length && Words.at(bytes, end - Long.BYTES) == tail;
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

  /** Whether every required field is in a set. */
  static boolean areEnough(int seen) {
    return (seen & REQUIRED) == REQUIRED;
  }

  /** The names of the required fields that are not in a set. */
  static String missing(int seen) {
    return Arrays.stream(FIELDS)
        .filter(field -> field.required && (seen & field.bit()) == 0)
        .map(EventField::jsonName)
        .collect(Collectors.joining(", "));
  }
}
