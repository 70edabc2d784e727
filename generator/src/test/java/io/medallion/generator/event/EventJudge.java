package io.medallion.generator.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.generator.weather.WindDirection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what is wrong with an event by the rules of the quarantine's reason codes. Written from the
 * rules with a general JSON parser, so that it shares nothing with what made the event.
 */
public final class EventJudge {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Map<String, double[]> RANGES =
      Map.of(
          "temperature", new double[] {-90, 70},
          "humidity", new double[] {0, 100},
          "windSpeed", new double[] {0, 270},
          "precipitation", new double[] {0, 2000});
  private static final List<String> TEXTS = List.of("windDirection", "conditions");

  private EventJudge() {}

  /** The first thing that is wrong; empty for a valid event. */
  public static Optional<InvalidKind> judge(byte[] body) {
    if (body == null) {
      return Optional.of(InvalidKind.NULL_BODY);
    }
    if (body.length == 0) {
      return Optional.of(InvalidKind.EMPTY_BODY);
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      return Optional.of(InvalidKind.INVALID_UTF8);
    }
    try (JsonParser parser = JSON.createParser(body)) {
      JsonNode event = JSON.readTree(parser);
      if (parser.nextToken() != null) {
        return Optional.of(InvalidKind.TRAILING_DATA);
      }
      return event.isObject() ? judge(event) : Optional.of(InvalidKind.NOT_AN_OBJECT);
    } catch (JacksonException e) {
      return Optional.of(
          e.getMessage().startsWith("Duplicate field")
              ? InvalidKind.DUPLICATE_KEY
              : InvalidKind.INVALID_JSON);
    } catch (IOException e) {
      throw new IllegalStateException("reading an array", e);
    }
  }

  private static Optional<InvalidKind> judge(JsonNode event) {
    for (Map.Entry<String, double[]> range : RANGES.entrySet()) {
      JsonNode value = event.path(range.getKey());
      Optional<InvalidKind> problem = presence(value);
      if (problem.isPresent()) {
        return problem;
      }
      if (!value.isNumber()) {
        return Optional.of(InvalidKind.WRONG_TYPE);
      }
      if (value.doubleValue() < range.getValue()[0] || value.doubleValue() > range.getValue()[1]) {
        return Optional.of(InvalidKind.OUT_OF_RANGE);
      }
    }
    for (String text : TEXTS) {
      JsonNode value = event.path(text);
      Optional<InvalidKind> problem = presence(value);
      if (problem.isPresent()) {
        return problem;
      }
      if (value.asToken() != JsonToken.VALUE_STRING) {
        return Optional.of(InvalidKind.WRONG_TYPE);
      }
    }
    return judgeTexts(event);
  }

  private static Optional<InvalidKind> presence(JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.of(InvalidKind.MISSING_FIELD);
    }
    return value.isNull() ? Optional.of(InvalidKind.NULL_FIELD) : Optional.empty();
  }

  private static Optional<InvalidKind> judgeTexts(JsonNode event) {
    String direction = event.get("windDirection").textValue();
    if (Arrays.stream(WindDirection.values()).noneMatch(p -> p.name().equals(direction))) {
      return Optional.of(InvalidKind.UNKNOWN_WIND_DIRECTION);
    }
    for (String field : List.of("conditions", "stationId", "eventId")) {
      if (event.has(field) && !isCleanText(event.get(field).textValue())) {
        return Optional.of(InvalidKind.INVALID_TEXT);
      }
    }
    if (event.has("eventTime") && !isTime(event.get("eventTime"))) {
      return Optional.of(InvalidKind.INVALID_EVENT_TIME);
    }
    return Optional.empty();
  }

  private static boolean isCleanText(String text) {
    return !text.isEmpty()
        && text.length() <= 256
        && text.chars()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }

  private static boolean isTime(JsonNode time) {
    try {
      long millis =
          time.isNumber() ? time.longValue() : Instant.parse(time.textValue()).toEpochMilli();
      return millis >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
