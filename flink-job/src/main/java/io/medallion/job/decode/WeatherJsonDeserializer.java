package io.medallion.job.decode;

import io.medallion.job.event.CompassPoint;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.event.WeatherRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParseException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationContext;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonDeserializer;

/**
 * Streams one JSON object into the record set by {@link #fill}, token by token, without a tree.
 *
 * <p>Defects of fields are noted on the record and reading goes on to the end of the body, so that
 * a syntax error behind them is still found. Only syntax errors are thrown. Unknown fields are
 * skipped, but held to the same strictness. One instance a thread.
 */
final class WeatherJsonDeserializer extends JsonDeserializer<WeatherRecord> {

  private final Set<String> unknownNames = new HashSet<>();
  private WeatherRecord record;
  private byte[] body;
  private int seen;

  /** Sets the record that the next {@link #deserialize} fills, and the body that it will read. */
  void fill(WeatherRecord target, byte[] source) {
    record = target;
    body = source;
  }

  @Override
  public WeatherRecord deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      readEvent(parser);
    } else {
      record.reject(RejectReason.NOT_AN_OBJECT, "the body is " + kind(parser.currentToken()));
      skip(parser, parser.currentToken());
      parser.finishToken();
    }
    rejectTrailingData(parser);
    return record;
  }

  /** How Jackson hands over a body that is the literal null. */
  @Override
  public WeatherRecord getNullValue(DeserializationContext context) {
    record.reject(RejectReason.NOT_AN_OBJECT, "the body is null");
    try {
      rejectTrailingData(context.getParser());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
    return record;
  }

  private void readEvent(JsonParser parser) throws IOException {
    seen = 0;
    unknownNames.clear();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      EventField field = EventField.named(name);
      if (field == null) {
        if (!unknownNames.add(name)) {
          rejectDuplicate(name);
        }
        skip(parser, token);
      } else {
        if ((seen & field.bit()) != 0) {
          rejectDuplicate(name);
        }
        seen |= field.bit();
        readField(field, parser, token);
      }
    }
    if (!EventField.areEnough(seen)) {
      record.reject(RejectReason.MISSING_FIELD, EventField.missing(seen) + " is missing");
    }
  }

  private void readField(EventField field, JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      // An optional field that is null says as much as one that is absent.
      if (field.isRequired()) {
        record.reject(RejectReason.NULL_FIELD, field.jsonName() + " is null");
      }
      return;
    }
    switch (field) {
      case TEMPERATURE -> record.temperature = number(field, parser, token);
      case HUMIDITY -> record.humidity = number(field, parser, token);
      case WIND_SPEED -> record.windSpeed = number(field, parser, token);
      case PRECIPITATION -> record.precipitation = number(field, parser, token);
      case WIND_DIRECTION -> readWindDirection(parser, token);
      case EVENT_TIME -> readEventTime(parser, token);
      default -> {
        if (token != JsonToken.VALUE_STRING) {
          rejectType(field, parser, token, "text");
        } else {
          readText(field, parser.getText());
        }
      }
    }
  }

  private double number(EventField field, JsonParser parser, JsonToken token) throws IOException {
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    rejectType(field, parser, token, "a number");
    return 0;
  }

  private void readWindDirection(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      byte[] name = parser.getText().getBytes(StandardCharsets.UTF_8);
      record.windDirection = CompassPoint.parse(name, 0, name.length);
      if (record.windDirection != null) {
        record.windDirectionDegrees = record.windDirection.degrees();
        return;
      }
    } else if (token.isNumeric()) {
      double degrees = parser.getDoubleValue();
      if (CompassPoint.isDirection(degrees)) {
        record.windDirection = CompassPoint.ofDegrees(degrees);
        record.windDirectionDegrees = degrees;
        return;
      }
    } else {
      rejectType(EventField.WIND_DIRECTION, parser, token, "text or a number");
      return;
    }
    record.reject(
        RejectReason.UNKNOWN_WIND_DIRECTION,
        Hostile.quote(parser.getText()) + " is no compass point and not within 0..360");
  }

  private void readEventTime(JsonParser parser, JsonToken token) throws IOException {
    long time;
    if (token == JsonToken.VALUE_STRING) {
      time = EventTimeParser.parse(parser.getText());
    } else if (token == JsonToken.VALUE_NUMBER_INT) {
      time = epochMillis(parser.getText());
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      time = EventTimeParser.INVALID;
    } else {
      rejectType(EventField.EVENT_TIME, parser, token, "text or an integer");
      return;
    }
    if (time < 0) {
      record.reject(
          RejectReason.INVALID_EVENT_TIME,
          "eventTime %s is not ISO-8601 or epoch milliseconds from 1970 on"
              .formatted(Hostile.quote(parser.getText())));
    }
    record.eventTime = time;
    record.tellsTime = true;
  }

  /**
   * Not asked of the parser: having told the type of an integer beyond a long, Jackson 2.18 gives
   * that number in place of the next fraction.
   */
  private static long epochMillis(String integer) {
    try {
      return Long.parseLong(integer);
    } catch (NumberFormatException e) {
      return EventTimeParser.INVALID;
    }
  }

  private void readText(EventField field, String text) {
    switch (field) {
      case CONDITIONS -> record.conditions = printable(field, text);
      case STATION_ID -> {
        if (text.isEmpty()) {
          record.reject(RejectReason.INVALID_TEXT, "stationId is empty");
        }
        record.stationId = printable(field, text);
      }
      default -> {
        Text id = printable(field, text);
        // A blank id is none: many events may have it that are not the same.
        record.eventId = id == null || text.isBlank() ? null : id.utf8;
      }
    }
  }

  private Text printable(EventField field, String text) {
    String defect = TextRules.defect(text);
    if (defect != null) {
      record.reject(RejectReason.INVALID_TEXT, field.jsonName() + ": " + defect);
      return null;
    }
    return new Text(text);
  }

  /** Passes over a value; what is inside of it has to be strict JSON too. */
  private void skip(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Set<String> names = new HashSet<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!names.add(name)) {
          rejectDuplicate(name);
        }
        skip(parser, parser.nextToken());
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        skip(parser, t);
      }
    }
  }

  private void rejectTrailingData(JsonParser parser) throws IOException {
    int end = (int) parser.currentLocation().getByteOffset();
    try {
      if (parser.nextToken() == null) {
        return;
      }
    } catch (JsonParseException e) {
      // Not even JSON: trailing data all the same.
    }
    record.reject(RejectReason.TRAILING_DATA, BodyForm.rest(body, end));
  }

  private void rejectDuplicate(String name) {
    record.reject(RejectReason.DUPLICATE_KEY, Hostile.quote(name) + " is there twice");
  }

  private void rejectType(EventField field, JsonParser parser, JsonToken token, String expected)
      throws IOException {
    record.reject(
        RejectReason.WRONG_TYPE,
        "%s is %s instead of %s".formatted(field.jsonName(), kind(token), expected));
    skip(parser, token);
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }
}
