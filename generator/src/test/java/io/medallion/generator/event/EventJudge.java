package io.medallion.generator.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final Map<String, double[]> RANGES =
      Map.of(
          "temperature", new double[] {-90, 70},
          "humidity", new double[] {0, 100},
          "windSpeed", new double[] {0, 270},
          "precipitation", new double[] {0, 2000});

  private EventJudge() {}

  /** The first thing that is wrong; empty for a valid event. */
  public static Optional<InvalidKind> judge(byte[] body) {
    if (body == null) {
      return Optional.of(InvalidKind.NULL_BODY);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.startsWith("\uFEFF")) {
        return Optional.of(InvalidKind.INVALID_UTF8);
      }
      if (text.isBlank()) {
        return Optional.of(InvalidKind.EMPTY_BODY);
      }
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
    return judgeWindDirection(event.path("windDirection"))
        .or(() -> judgeConditions(event.path("conditions")))
        .or(() -> judgeOptional(event));
  }

  private static Optional<InvalidKind> presence(JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.of(InvalidKind.MISSING_FIELD);
    }
    return value.isNull() ? Optional.of(InvalidKind.NULL_FIELD) : Optional.empty();
  }

  private static Optional<InvalidKind> judgeWindDirection(JsonNode direction) {
    Optional<InvalidKind> problem = presence(direction);
    if (problem.isPresent()) {
      return problem;
    }
    if (!direction.isTextual() && !direction.isNumber()) {
      return Optional.of(InvalidKind.WRONG_TYPE);
    }
    boolean known =
        direction.isNumber()
            ? direction.doubleValue() >= 0 && direction.doubleValue() <= 360
            : Arrays.stream(WindDirection.values())
                .anyMatch(point -> point.name().equals(direction.textValue()));
    return known ? Optional.empty() : Optional.of(InvalidKind.UNKNOWN_WIND_DIRECTION);
  }

  private static Optional<InvalidKind> judgeConditions(JsonNode conditions) {
    Optional<InvalidKind> problem = presence(conditions);
    if (problem.isPresent()) {
      return problem;
    }
    return conditions.isTextual() ? Optional.empty() : Optional.of(InvalidKind.WRONG_TYPE);
  }

  private static Optional<InvalidKind> judgeOptional(JsonNode event) {
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

  /** Negative, and so no time, for a fraction. */
  private static long wholeMillis(JsonNode time) {
    return time.isIntegralNumber() ? time.longValue() : -1;
  }

  private static boolean isTime(JsonNode time) {
    try {
      long millis =
          time.isNumber() ? wholeMillis(time) : Instant.parse(time.textValue()).toEpochMilli();
      return millis >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
