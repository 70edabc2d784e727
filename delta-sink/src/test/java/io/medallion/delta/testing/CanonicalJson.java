package io.medallion.delta.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a row as one line of JSON such that two rows are equal if and only if their lines are,
 * whichever reader they come from.
 *
 * <p>Fields and map entries are in order of their names, instants have six digits of a second, the
 * two zeros and NaN are told apart, decimals keep their scale and binary is Base64. Needs nothing
 * but the JDK: other modules' tests use it without our class path.
 */
public final class CanonicalJson {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private CanonicalJson() {}

  /** Renders a row, or any value in one, made of the types that {@link DeltaTable#rows} yields. */
  public static String render(Object value) {
    if (value == null
        || value instanceof Boolean
        || value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long) {
      return String.valueOf(value);
    } else if (value instanceof Float number) {
      return Float.isFinite(number) ? number.toString() : quoted(number.toString());
    } else if (value instanceof Double number) {
      return Double.isFinite(number) ? number.toString() : quoted(number.toString());
    } else if (value instanceof BigDecimal decimal) {
      return quoted(decimal.toPlainString());
    } else if (value instanceof String text) {
      return quoted(text);
    } else if (value instanceof byte[] bytes) {
      return quoted(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof LocalDate date) {
      return quoted(date.toString());
    } else if (value instanceof Instant instant) {
      requireMicroseconds(instant);
      return quoted(MICROSECONDS.format(instant));
    } else if (value instanceof List<?> list) {
      return list.stream().map(CanonicalJson::render).collect(Collectors.joining(",", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> key(entry.getKey()) + ":" + render(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(",", "{", "}"));
    }
    throw new IllegalArgumentException("No canonical form for " + value.getClass());
  }

  private static void requireMicroseconds(Instant instant) {
    if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("Finer than a microsecond: " + instant);
    }
  }

  private static String key(Object key) {
    String rendered = render(key);
    return rendered.startsWith("\"") ? rendered : quoted(rendered);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
