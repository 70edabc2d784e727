package io.medallion.job.decode;

import io.medallion.job.event.CompassPoint;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.rules.Rules;
import java.util.Arrays;

/**
 * Decodes ordinary valid events in one pass over their bytes, several times as fast as {@link
 * JsonEventDecoder}, and hands every other body to that.
 *
 * <p>It knows known fields in any order, white space, texts without escapes, numbers without
 * exponents and the usual times. It rejects nothing by itself: where a body is anything else,
 * whether good or bad, the strict decoder starts over and alone decides. What is accepted here has
 * the same values that the strict one would give it.
 *
 * <p>One instance a thread. Of an event only its id is allocated, and texts not seen lately.
 */
final class FastEventDecoder implements EventDecoder {

  private final Rules rules;
  private final EventDecoder strict;
  private final TextCache texts = new TextCache();
  private final UsualTime times = new UsualTime();
  private final JsonCursor json = new JsonCursor();

  FastEventDecoder(Rules rules) {
    this.rules = rules;
    this.strict = new JsonEventDecoder(rules);
  }

  @Override
  public void decode(byte[] body, WeatherRecord record) {
    if (!tryDecode(body, record)) {
      strict.decode(body, record);
    }
  }

  /** Whether the event was an ordinary one; if not, the record holds nothing of use. */
  boolean tryDecode(byte[] body, WeatherRecord record) {
    if (body == null || body.length > EventLimits.BODY_BYTES) {
      return false;
    }
    record.clearDecoded();
    if (!readEvent(body, record)) {
      return false;
    }
    rules.check(record);
    return record.isValid();
  }

  private boolean readEvent(byte[] body, WeatherRecord record) {
    json.start(body);
    if (!json.take('{')) {
      return false;
    }
    int seen = 0;
    do {
      EventField field = json.fieldName();
      if (field == null || (seen & field.bit()) != 0) {
        return false;
      }
      seen |= field.bit();
      readValue(field, body, record);
    } while (json.take(','));
    return json.take('}') && json.atEnd() && EventField.areEnough(seen);
  }

  private void readValue(EventField field, byte[] body, WeatherRecord record) {
    if (json.text()) {
      if (!readText(field, body, record)) {
        json.giveUp();
      }
    } else if (field == EventField.EVENT_TIME) {
      record.eventTime = json.wholeNumber();
      record.tellsTime = true;
    } else {
      readNumber(field, json.number(), record);
    }
  }

  private void readNumber(EventField field, double number, WeatherRecord record) {
    switch (field) {
      case TEMPERATURE -> record.temperature = number;
      case HUMIDITY -> record.humidity = number;
      case WIND_SPEED -> record.windSpeed = number;
      case PRECIPITATION -> record.precipitation = number;
      case WIND_DIRECTION -> readDegrees(number, record);
      default -> json.giveUp();
    }
  }

  private void readDegrees(double degrees, WeatherRecord record) {
    if (CompassPoint.isDirection(degrees)) {
      record.windDirection = CompassPoint.ofDegrees(degrees);
      record.windDirectionDegrees = degrees;
    } else {
      json.giveUp();
    }
  }

  private static boolean readPoint(byte[] body, int start, int end, WeatherRecord record) {
    CompassPoint point = CompassPoint.parse(body, start, end);
    if (point == null) {
      return false;
    }
    record.windDirection = point;
    record.windDirectionDegrees = point.degrees();
    return true;
  }

  /** Whether the text is one for that field. */
  private boolean readText(EventField field, byte[] body, WeatherRecord record) {
    int start = json.textStart();
    int end = json.textEnd();
    switch (field) {
      case WIND_DIRECTION -> {
        return readPoint(body, start, end, record);
      }
      case CONDITIONS -> {
        record.conditions = texts.get(body, start, end);
        return record.conditions != null;
      }
      case STATION_ID -> {
        record.stationId = texts.get(body, start, end);
        return record.stationId != null && start < end;
      }
      case EVENT_TIME -> {
        record.eventTime = times.parse(body, start, end);
        record.tellsTime = true;
        return record.eventTime >= 0;
      }
      case EVENT_ID -> {
        if (start == end) {
          return true;
        }
        // Not cached: each is another. Whether one that begins with a blank is all blank, the other
        // decoder finds out.
        record.eventId = Arrays.copyOfRange(body, start, end);
        return body[start] != ' ' && TextRules.isPlainAscii(body, start, end);
      }
      default -> {
        return false;
      }
    }
  }
}
