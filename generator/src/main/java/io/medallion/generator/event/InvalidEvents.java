package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medallion.generator.weather.Hash;
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
      case EMPTY_BODY -> new byte[0];
      case INVALID_JSON -> bytes(invalidJson(json, draw));
      case DUPLICATE_KEY -> bytes("{\"temperature\":0," + json.substring(1));
      case TRAILING_DATA -> bytes(json + pick(List.of("{}", json, " 1"), draw));
      case NOT_AN_OBJECT -> bytes(pick(List.of("[" + json + "]", "42", "\"sunny\"", "true"), draw));
      case MISSING_FIELD -> bytes(without(json, pick(FIELDS, draw)));
      case NULL_FIELD -> bytes(with(json, pick(FIELDS, draw), "null"));
      case WRONG_TYPE -> bytes(wrongType(json, draw));
      case OUT_OF_RANGE -> bytes(outOfRange(json, draw));
      case UNKNOWN_WIND_DIRECTION ->
          bytes(with(json, "windDirection", pick(List.of("\"North\"", "\"NNN\"", "\"XY\""), draw)));
      case INVALID_TEXT -> bytes(invalidText(json, format, draw));
      case INVALID_EVENT_TIME -> bytes(with(json, "eventTime", invalidTime(draw)));
    };
  }

  /** A byte that never occurs, or one that announces a continuation that doesn't follow. */
  private static byte[] invalidUtf8(String json, long draw) {
    byte[] bytes = bytes(json);
    bytes[valueStart(json, "conditions") + 1] = pick(List.of((byte) 0xFF, (byte) 0xC3), draw);
    return bytes;
  }

  private static String invalidJson(String json, long draw) {
    return pick(
        List.of(
            json.substring(0, json.length() / 2),
            json.replaceFirst(",", " "),
            with(json, "temperature", "NaN")),
        draw);
  }

  private static String wrongType(String json, long draw) {
    String field = pick(FIELDS, draw);
    if (!NUMBERS.contains(field)) {
      return with(json, field, "7");
    }
    return with(json, field, pick(List.of("\"20.5\"", "true"), draw >>> 8));
  }

  private static String outOfRange(String json, long draw) {
    String field = pick(NUMBERS, draw);
    List<String> values =
        switch (field) {
          case "temperature" -> List.of("70.1", "-90.1");
          case "humidity" -> List.of("100.1", "-1");
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
        List.of("\"yesterday\"", "\"2026-02-30T00:00:00Z\"", "\"1969-12-31T23:59:59Z\"", "-1"),
        draw);
  }

  private static String with(String json, String field, String value) {
    int start = valueStart(json, field);
    return json.substring(0, start) + value + json.substring(valueEnd(json, start));
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
