package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.functions.CompassPoint;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Bodies of events by the thousand: ordinary, odd and damaged. Equal seeds give equal events. */
final class RandomEvents {

  private static final List<String> NO_SPACE = List.of("");
  private static final List<String> SPACES = List.of("", "", " ", "  ", "\n\t", "\r\n");
  private static final List<String> ORDINARY_TEXTS =
      List.of(
          "Clear", "Partly Cloudy", "Fog", "st-0001", "Köln", "🌦 and 雨", "a/b'c", "x".repeat(256));

  /** JSON values, good and bad, for any field. */
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "[1]",
          "{\"a\": 1}",
          "NaN",
          "-Infinity",
          "",
          "-0",
          "-0.0",
          "0e0",
          "1E1",
          "2.5e-1",
          "-1",
          "020",
          "-020",
          "00",
          "+5",
          "5.",
          ".5",
          "-.5",
          "-",
          "- 5",
          "1.e1",
          "1e",
          "1.5.5",
          "1e400",
          "0.1234567890123456",
          "9007199254740993",
          "900719925474099.3",
          "0.00000000000000000001",
          "69.999999999999999",
          "99999999999999999999",
          "1000000000000000000",
          "271",
          "360",
          "360.1",
          "999",
          "-272",
          "11.25",
          "-90.1",
          "0.5Z",
          "\"\"",
          "\"20\"",
          "\"nw\"",
          "\"NNNW\"",
          "\"a\\tb\"",
          "\"\\u0041\"",
          "\"\\ud83c\\udf26\"",
          "\"\\ud800\"",
          "\"a\tb\"",
          "\"\\\"\"",
          "\"\\\\\"",
          "\"\u007F\"",
          "\"\u0085\"",
          "\"\uFEFF\"",
          "\"" + "x".repeat(257) + "\"",
          "\"" + "é".repeat(200) + "\"",
          "\"2026-03-01\"",
          "\"2026-03-01t12:34:56z\"",
          "\"2026-02-30T00:00:00Z\"",
          "\"1969-12-31T23:59:59.999Z\"",
          "\"1970-01-01T00:30:00+01:00\"",
          "\"2026-03-01T12:34:56+18:00\"",
          "\"+12026-03-01T12:34:56Z\"");

  private static final Map<String, List<String>> IMPLAUSIBLE =
      Map.of(
          "temperature", List.of("70.1", "-90.5", "200", "-273.15", "1e2"),
          "humidity", List.of("100.01", "200", "1.5E2"),
          "windSpeed", List.of("270.1", "1000", "999.999"),
          "precipitation", List.of("2000.1", "10000"));

  private static final List<String> ODD_NAMES =
      List.of(
          "x",
          "",
          "Temperature",
          "temperatur",
          "temperature ",
          "temper\\u0061ture",
          "eventIdx",
          "é");

  private static final byte[] JSON_BYTES =
      "{}[]\":,.-+eE0123456789 \n\tZT\\/\0u".getBytes(US_ASCII);

  private final Random random;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  /** A valid event with nothing in it that the fast decoder would have to leave to another. */
  byte[] ordinary() {
    return json(ordinaryFields(), random.nextBoolean() ? SPACES : NO_SPACE);
  }

  /** An ordinary event but for some numbers that are beyond the plausible and not impossible. */
  byte[] implausible() {
    List<String[]> fields = ordinaryFields();
    for (String[] field : fields) {
      List<String> implausible = IMPLAUSIBLE.get(field[0]);
      if (implausible != null && random.nextBoolean()) {
        field[1] = pick(implausible);
      }
    }
    return json(fields, SPACES);
  }

  /**
   * An ordinary event in which a field or a few are not: their values, their names, their number.
   */
  byte[] odd() {
    List<String[]> fields = ordinaryFields();
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      String[] field = pick(fields);
      switch (random.nextInt(8)) {
        case 0 -> field[0] = pick(ODD_NAMES);
        case 1 -> fields.remove(field);
        case 2 -> fields.add(new String[] {pick(ODD_NAMES), pick(ODD_VALUES)});
        case 3 -> fields.add(new String[] {field[0], pick(ODD_VALUES)});
        default -> field[1] = pick(ODD_VALUES);
      }
    }
    return json(fields, SPACES);
  }

  /** The body with a few random defects. */
  byte[] damaged(byte[] body) {
    byte[] damaged = body;
    for (int hits = random.nextInt(3); hits >= 0; hits--) {
      int from = random.nextInt(damaged.length + 1);
      int to = from + random.nextInt(Math.min(12, damaged.length - from) + 1);
      damaged =
          switch (random.nextInt(6)) {
            case 0 -> flipped(damaged);
            case 1 -> spliced(damaged, from, new byte[] {randomByte()}, from);
            case 2 -> spliced(damaged, from, new byte[] {randomByte()}, to);
            case 3 -> spliced(damaged, from, new byte[0], to);
            case 4 -> spliced(damaged, to, Arrays.copyOfRange(damaged, from, to), to);
            default -> Arrays.copyOf(damaged, random.nextInt(8) == 0 ? from : damaged.length);
          };
    }
    return damaged;
  }

  private List<String[]> ordinaryFields() {
    List<String[]> fields = new ArrayList<>();
    fields.add(new String[] {"temperature", number(true, 69)});
    fields.add(new String[] {"humidity", number(false, 99)});
    fields.add(new String[] {"windSpeed", number(false, 269)});
    fields.add(new String[] {"windDirection", windDirection()});
    fields.add(new String[] {"precipitation", number(false, 1999)});
    fields.add(new String[] {"conditions", quoted(random.nextInt(20) == 0 ? "" : text())});
    sometimes(fields, "stationId", () -> quoted(text()));
    sometimes(fields, "eventTime", this::time);
    sometimes(fields, "eventId", () -> quoted(Long.toString(random.nextLong(), 32)));
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    return fields;
  }

  private void sometimes(List<String[]> fields, String name, Supplier<String> value) {
    if (random.nextInt(4) > 0) {
      fields.add(new String[] {name, value.get()});
    }
  }

  /** Up to 15 digits in all; minus nought is not ordinary. */
  private String number(boolean signed, int max) {
    int whole = random.nextInt(max + 1);
    int decimals = Math.max(0, random.nextInt(-4, 12));
    boolean negative = signed && whole + decimals > 0 && random.nextBoolean();
    StringBuilder number = new StringBuilder(negative ? "-" : "").append(whole);
    if (decimals > 0) {
      number.append('.');
      for (int i = 1; i < decimals; i++) {
        number.append(random.nextInt(10));
      }
      number.append(1 + random.nextInt(9));
    }
    return number.toString();
  }

  private String windDirection() {
    if (random.nextInt(4) == 0) {
      return number(false, 359);
    }
    String name = pick(List.of(CompassPoint.values())).name();
    return random.nextInt(10) == 0 ? quoted(name.toLowerCase(Locale.ROOT)) : quoted(name);
  }

  private String text() {
    return random.nextBoolean() ? pick(ORDINARY_TEXTS) : "st-" + random.nextInt(20_000);
  }

  /** From 1970 on, in one of the usual forms. */
  private String time() {
    long millis = random.nextLong(86_400_000L, 253_402_300_800_000L - 86_400_000L);
    if (random.nextInt(4) == 0) {
      return Long.toString(millis);
    }
    Instant instant = Instant.ofEpochMilli(millis);
    if (random.nextInt(3) > 0) {
      return quoted(instant.toString());
    }
    int digits = random.nextInt(10);
    String fraction = digits == 0 ? "" : "." + "123456789".substring(0, digits);
    String zone = "%+03d:%02d".formatted(random.nextInt(-17, 18), random.nextInt(60));
    String seconds = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).withNano(0).toString();
    return quoted(seconds + (seconds.length() < 19 ? ":00" : "") + fraction + zone);
  }

  private byte[] json(List<String[]> fields, List<String> spaces) {
    StringBuilder json = new StringBuilder();
    for (String[] field : fields) {
      json.append(json.isEmpty() ? "" : ",").append(pick(spaces));
      json.append(quoted(field[0])).append(pick(spaces)).append(':');
      json.append(pick(spaces)).append(field[1]).append(pick(spaces));
    }
    return (pick(spaces) + '{' + json + '}' + pick(spaces)).getBytes(UTF_8);
  }

  private byte[] flipped(byte[] body) {
    byte[] flipped = body.clone();
    if (body.length > 0) {
      flipped[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private byte randomByte() {
    return random.nextInt(4) == 0
        ? (byte) random.nextInt(256)
        : JSON_BYTES[random.nextInt(JSON_BYTES.length)];
  }

  /** The bytes with others in place of those from {@code from} to {@code to}. */
  private static byte[] spliced(byte[] bytes, int from, byte[] others, int to) {
    byte[] spliced = Arrays.copyOf(bytes, from + others.length + bytes.length - to);
    System.arraycopy(others, 0, spliced, from, others.length);
    System.arraycopy(bytes, to, spliced, from + others.length, bytes.length - to);
    return spliced;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
