package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads events a second time, with another JSON parser (Gson's, strict) into a tree, and then by
 * the words of the contract: so that it shares nothing with the decoders but the contract.
 */
final class ReferenceReader {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 1000;
  private static final int MAX_NAME_LENGTH = 512;
  private static final List<String> POINTS =
      List.of(
          "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
          "NW", "NNW");

  /** Or a text, in which they mean nothing. */
  private static final Pattern NO_NUMBERS =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*+(?:\"|$)|(?<![-+.\\w])(?:NaN|-?Infinity)(?![\\w.])",
          Pattern.DOTALL);

  private ReferenceReader() {}

  private static String noNumber(String found) {
    return found.startsWith("\"") ? Matcher.quoteReplacement(found) : "[]";
  }

  /** A number as it is written. */
  private record Literal(String text) {

    double value() {
      return Double.parseDouble(text);
    }

    boolean isWhole() {
      return text.matches("-?\\d+");
    }
  }

  private static final class BrokenContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What a body says, by the names of fields: numbers, texts, and the time in milliseconds; empty
   * if it is not an event of the contract.
   */
  static Optional<Map<String, Object>> read(byte[] body) {
    try {
      String json = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      // Gson passes over a byte order mark.
      require(!json.startsWith("\uFEFF"));
      return Optional.of(event(parse(json)));
    } catch (BrokenContractException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether the text is one JSON value by RFC 8259, nothing beside, and no name there twice. */
  private static Object parse(String json) {
    // Beside JSON there are the numbers that are none; an array is no value of a field either.
    String strict = NO_NUMBERS.matcher(json).replaceAll(found -> noNumber(found.group()));
    try (JsonReader in = new JsonReader(new StringReader(strict))) {
      in.setStrictness(Strictness.STRICT);
      Object value = value(in, 0);
      require(in.peek() == JsonToken.END_DOCUMENT);
      return value;
    } catch (IOException | IllegalStateException e) {
      throw new BrokenContractException();
    }
  }

  private static Object value(JsonReader in, int depth) throws IOException {
    require(depth <= MAX_DEPTH);
    switch (in.peek()) {
      case BEGIN_OBJECT -> {
        require(depth < MAX_DEPTH);
        Map<String, Object> fields = new HashMap<>();
        in.beginObject();
        while (in.hasNext()) {
          String name = in.nextName();
          require(!fields.containsKey(name) && name.length() <= MAX_NAME_LENGTH);
          fields.put(name, value(in, depth + 1));
        }
        in.endObject();
        return fields;
      }
      case BEGIN_ARRAY -> {
        require(depth < MAX_DEPTH);
        List<Object> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
          values.add(value(in, depth + 1));
        }
        in.endArray();
        return values;
      }
      case STRING -> {
        return in.nextString();
      }
      case NUMBER -> {
        String number = in.nextString();
        require(number.chars().filter(Character::isDigit).count() <= MAX_DIGITS);
        return new Literal(number);
      }
      case BOOLEAN -> {
        return in.nextBoolean();
      }
      case NULL -> {
        in.nextNull();
        return null;
      }
      default -> throw new BrokenContractException();
    }
  }

  private static Map<String, Object> event(Object json) {
    require(json instanceof Map);
    Map<?, ?> fields = (Map<?, ?>) json;
    Map<String, Object> event = new HashMap<>();
    event.put("temperature", number(fields, "temperature", -90, 70));
    event.put("humidity", number(fields, "humidity", 0, 100));
    event.put("windSpeed", number(fields, "windSpeed", 0, 270));
    event.put("precipitation", number(fields, "precipitation", 0, 2000));
    event.put("windDirection", direction(fields));
    event.put("conditions", text(fields.get("conditions")));
    for (String name : List.of("stationId", "eventId")) {
      if (fields.get(name) != null) {
        event.put(name, text(fields.get(name)));
      }
    }
    require(!"".equals(event.get("stationId")));
    if (event.containsKey("eventId") && ((String) event.get("eventId")).isBlank()) {
      event.remove("eventId");
    }
    if (fields.get("eventTime") != null) {
      event.put("eventTime", time(fields.get("eventTime")));
    }
    return event;
  }

  private static double number(Map<?, ?> fields, String name, double min, double max) {
    require(fields.get(name) instanceof Literal);
    double value = ((Literal) fields.get(name)).value();
    require(min <= value && value <= max);
    return value;
  }

  private static double direction(Map<?, ?> fields) {
    if (fields.get("windDirection") instanceof Literal) {
      return number(fields, "windDirection", 0, 360);
    }
    String name = text(fields.get("windDirection"));
    for (int i = 0; i < POINTS.size(); i++) {
      // Only ASCII: the long s is no S.
      if (POINTS.get(i).equalsIgnoreCase(name) && name.matches("\\p{ASCII}*")) {
        return i * 22.5;
      }
    }
    throw new BrokenContractException();
  }

  private static String text(Object value) {
    require(value instanceof String);
    String text = (String) value;
    require(text.length() <= 256 && UTF_8.newEncoder().canEncode(text));
    require(text.codePoints().noneMatch(c -> c < 0x20 || (c >= 0x7F && c < 0xA0)));
    return text;
  }

  private static long time(Object value) {
    try {
      long millis =
          value instanceof Literal literal && literal.isWhole()
              ? Long.parseLong(literal.text())
              : OffsetDateTime.parse(timeText(value)).toInstant().toEpochMilli();
      require(millis >= 0);
      return millis;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new BrokenContractException();
    }
  }

  private static String timeText(Object value) {
    require(value instanceof String);
    return (String) value;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new BrokenContractException();
    }
  }
}
