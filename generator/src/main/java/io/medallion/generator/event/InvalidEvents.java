package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.generator.noise.Hash;
import java.util.List;

/**
 * Breaks a valid event in exactly one way, so that only one reason fits. Which field or variant is
 * broken follows from the draw. Works on text: it is for the few, not for the hot path.
 */
public final class InvalidEvents {

  private static final List<String> NUMBERS =
      List.of("temperature", "humidity", "windSpeed", "precipitation");
  private static final List<String> FIELDS =
      List.of(
          "temperature", "humidity", "windSpeed", "precipitation", "windDirection", "conditions");
  private static final int LONG_TEXT = 300;

  /** Deeper than an event may be nested. */
  private static final int DEPTH = 100;

  private InvalidEvents() {}

  /**
   * The broken event; null for {@link InvalidKind#NULL_BODY}.
   *
   * @param valid an event as {@link EventEncoder} writes it
   */
  public static byte[] make(InvalidKind kind, byte[] valid, EventFormat format, long draw) {
    String json = new String(valid, US_ASCII);
    return switch (kind) {
      case NULL_BODY -> null;
      case INVALID_UTF8 -> invalidUtf8(json, draw);
      case EMPTY_BODY -> bytes(pick(List.of("", " ", "\r\n"), draw));
      case INVALID_JSON -> bytes(invalidJson(json, draw));
      case DUPLICATE_KEY ->
          bytes(
              withFirst(
                  json, pick(List.of("\"temperature\":0", "\"x\":[{\"a\":1,\"a\":1}]"), draw)));
      case TRAILING_DATA -> bytes(json + pick(List.of("{}", json, " 1"), draw));
      case NOT_AN_OBJECT -> bytes(pick(List.of("[" + json + "]", "42", "\"sunny\"", "true"), draw));
      case MISSING_FIELD -> bytes(without(json, pick(FIELDS, draw)));
      case NULL_FIELD -> bytes(with(json, pick(FIELDS, draw), "null"));
      case WRONG_TYPE -> bytes(wrongType(json, draw));
      case VALUE_NOT_ALLOWED ->
          throw new IllegalArgumentException("the weather allows any text: " + kind);
      case OUT_OF_RANGE -> bytes(outOfRange(json, draw));
      case UNKNOWN_WIND_DIRECTION ->
          bytes(
              with(
                  json,
                  "windDirection",
                  pick(List.of("\"North\"", "\"NNN\"", "\"\"", "\"315\"", "-1", "360.5"), draw)));
      case INVALID_TEXT -> bytes(invalidText(json, format, draw));
      case INVALID_EVENT_TIME -> bytes(with(json, "eventTime", invalidTime(draw)));
    };
  }

  /**
   * A byte that never occurs, one that announces a continuation that doesn't follow, or a byte
   * order mark.
   */
  private static byte[] invalidUtf8(String json, long draw) {
    if (Hash.index(draw, 3) == 0) {
      return ("\uFEFF" + json).getBytes(UTF_8);
    }
    byte[] bytes = bytes(json);
    bytes[valueStart(json, "conditions") + 1] = pick(List.of((byte) 0xFF, (byte) 0xC3), draw);
    return bytes;
  }

  private static String invalidJson(String json, long draw) {
    return pick(
        List.of(
            json.substring(0, json.length() / 2),
            json.replaceFirst(",", " "),
            withFirst(json, "\"x\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH)),
            with(json, "conditions", "\"a\nb\""),
            with(json, "temperature", "nan"),
            with(json, "humidity", "050"),
            with(json, "windSpeed", "+5"),
            with(json, "precipitation", ".5")),
        draw);
  }

  private static String wrongType(String json, long draw) {
    String field = pick(FIELDS, draw);
    List<String> values =
        switch (field) {
          case "windDirection" -> List.of("true", "[\"N\"]", "{}");
          case "conditions" -> List.of("7", "false", "[]");
          default -> List.of("\"20.5\"", "true", "[20]", "{\"value\":20}");
        };
    return with(json, field, pick(values, draw >>> 8));
  }

  private static String outOfRange(String json, long draw) {
    String field = pick(NUMBERS, draw);
    List<String> values =
        switch (field) {
          case "temperature" -> List.of("70.1", "-90.1", "1e400");
          case "humidity" -> List.of("100.1", "-1", "1E3");
          case "windSpeed" -> List.of("270.1", "-0.1");
          default -> List.of("2000.1", "-0.1");
        };
    return with(json, field, pick(values, draw >>> 8));
  }

  private static String invalidText(String json, EventFormat format, long draw) {
    List<String> values =
        List.of("\"\\ud800\"", "\"Clear\\u0007\"", "\"" + "x".repeat(LONG_TEXT) + "\"");
    if (format == EventFormat.EXTENDED && Hash.index(draw, values.size() + 1) == values.size()) {
      return with(json, "stationId", "\"\"");
    }
    return with(json, "conditions", pick(values, draw >>> 8));
  }

  private static String invalidTime(long draw) {
    return pick(
        List.of(
            "\"yesterday\"",
            "\"\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-03-01T12:00:00\"",
            "\"1969-12-31T23:59:59Z\"",
            "-1",
            "1.5"),
        draw);
  }

  private static String with(String json, String field, String value) {
    int start = valueStart(json, field);
    return json.substring(0, start) + value + json.substring(valueEnd(json, start));
  }

  private static String withFirst(String json, String field) {
    return "{" + field + "," + json.substring(1);
  }

  private static String without(String json, String field) {
    int start = valueStart(json, field);
    int fieldStart = start - field.length() - 3;
    int end = valueEnd(json, start);
    // The comma after it goes too; of the last field, which has none, the one before.
    return json.charAt(end) == ','
        ? json.substring(0, fieldStart) + json.substring(end + 1)
        : json.substring(0, fieldStart - 1) + json.substring(end);
  }

  private static int valueStart(String json, String field) {
    return json.indexOf("\"" + field + "\":") + field.length() + 3;
  }

  private static int valueEnd(String json, int start) {
    int next = json.indexOf(",\"", start);
    return next < 0 ? json.length() - 1 : next;
  }

  private static <T> T pick(List<T> choices, long draw) {
    return choices.get(Hash.index(Hash.of(draw, 1), choices.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
