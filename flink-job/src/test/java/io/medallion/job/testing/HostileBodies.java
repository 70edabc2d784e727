package io.medallion.job.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.RejectReason;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies as no well-meaning sender sends them, each with the one reason to reject it. */
public final class HostileBodies {

  /** A valid event with a character of two bytes and one of four. */
  public static final String EVENT =
      """
      {"temperature": 20, "humidity": 60, "windSpeed": 10, "windDirection": "NW", \
      "precipitation": 0, "conditions": "Partly Cloudy", "stationId": "Köln 🌦"}""";

  private static final int MEGABYTE = 1_000_000;

  private static final List<String> MEASURED =
      List.of("temperature", "humidity", "windSpeed", "precipitation");
  private static final List<String> REQUIRED =
      List.of(
          "temperature", "humidity", "windSpeed", "windDirection", "precipitation", "conditions");
  private static final List<String> TEXTS = List.of("conditions", "stationId", "eventId");

  private final List<HostileBody> bodies = new ArrayList<>();

  private HostileBodies() {}

  /**
   * A body and the code that it is to be quarantined with.
   *
   * @param name for people
   * @param body null for a tombstone
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record HostileBody(String name, byte[] body, RejectReason reason) {

    @Override
    public String toString() {
      return reason + " " + name;
    }
  }

  /** All of them, none larger than what a broker takes, in a fixed order. */
  public static List<HostileBody> all() {
    HostileBodies corpus = new HostileBodies();
    corpus.nothing();
    corpus.truncated();
    corpus.encodings();
    corpus.syntax();
    corpus.nested();
    corpus.trailing();
    corpus.otherThanObjects();
    corpus.duplicates();
    corpus.missingAndNull();
    corpus.types();
    corpus.numbers();
    corpus.windDirections();
    corpus.texts();
    corpus.times();
    corpus.huge();
    corpus.noise();
    return List.copyOf(corpus.bodies);
  }

  private void nothing() {
    add(RejectReason.NULL_BODY, "tombstone", (byte[]) null);
    for (String space : List.of("", " ", "\t", "\n", "\r\n", " \t\r\n ", " ".repeat(MEGABYTE))) {
      add(RejectReason.EMPTY_BODY, space.length() + " of white space", space);
    }
  }

  /** Cut after every byte; the cut within a character leaves no UTF-8. */
  private void truncated() {
    byte[] event = EVENT.getBytes(UTF_8);
    for (int length = 1; length < event.length; length++) {
      boolean inCharacter = (event[length] & 0xC0) == 0x80;
      add(
          inCharacter ? RejectReason.INVALID_UTF8 : RejectReason.INVALID_JSON,
          "cut after " + length,
          Arrays.copyOf(event, length));
    }
  }

  private void encodings() {
    add(RejectReason.INVALID_UTF8, "byte order mark", (char) 0xFEFF + EVENT);
    add(RejectReason.INVALID_UTF8, "only a byte order mark", bytes(0xEF, 0xBB, 0xBF));
    for (Charset charset :
        List.of(
            UTF_16,
            UTF_16LE,
            UTF_16BE,
            Charset.forName("UTF-32"),
            Charset.forName("UTF-32LE"),
            Charset.forName("UTF-32BE"),
            Charset.forName("X-UTF-16LE-BOM"),
            Charset.forName("X-UTF-32LE-BOM"),
            Charset.forName("X-UTF-32BE-BOM"))) {
      add(RejectReason.INVALID_UTF8, charset.name(), EVENT.getBytes(charset));
    }
    add(RejectReason.INVALID_UTF8, "Latin-1", EVENT.replace("🌦", "").getBytes(ISO_8859_1));
    for (int b = 0x80; b <= 0xFF; b++) {
      add(RejectReason.INVALID_UTF8, "byte %02X alone".formatted(b), inText(b));
      add(RejectReason.INVALID_UTF8, "byte %02X instead of JSON".formatted(b), bytes(b));
    }
    for (int[] sequence :
        new int[][] {
          {0xC0, 0x80},
          {0xC0, 0xAF},
          {0xC1, 0xBF},
          {0xE0, 0x80, 0xAF},
          {0xE0, 0x9F, 0xBF},
          {0xF0, 0x80, 0x80, 0xAF},
          {0xF0, 0x8F, 0xBF, 0xBF},
          {0xF8, 0x88, 0x80, 0x80, 0x80},
          {0xFC, 0x84, 0x80, 0x80, 0x80, 0x80},
          {0xED, 0xA0, 0x80},
          {0xED, 0xAF, 0xBF},
          {0xED, 0xB0, 0x80},
          {0xED, 0xBF, 0xBF},
          {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
          {0xF4, 0x90, 0x80, 0x80},
          {0xF7, 0xBF, 0xBF, 0xBF},
          {0xC3, 0x28},
          {0xE2, 0x82, 0x28},
          {0xE2, 0x28, 0xA1},
          {0xF0, 0x9F, 0x8C, 0x28},
          {0xF0, 0x28, 0x8C, 0xBC},
          {0xC3, 0xA9, 0xA9},
        }) {
      add(RejectReason.INVALID_UTF8, "bytes " + Arrays.toString(sequence), inText(sequence));
    }
  }

  private void syntax() {
    for (String json :
        List.of(
            EVENT.replace('"', '\''),
            EVENT.replace("\"temperature\"", "temperature"),
            EVENT.replace("\"NW\"", "NW"),
            EVENT.replace("}", ",}"),
            EVENT.replace("{", "{,"),
            EVENT.replace(",", ",,"),
            EVENT.replace(",", ";"),
            EVENT.replace(":", "="),
            EVENT.replace(":", ""),
            EVENT.replace(": 20", ":: 20"),
            EVENT.replace("}", "]"),
            EVENT.replace("{", "["),
            EVENT.replace("{", "("),
            EVENT.replace("{", "{{"),
            EVENT.replace("{", "{/* */"),
            EVENT.replace("{", "{// \n"),
            EVENT.replace("{", "{# \n"),
            EVENT.replace("20", ""),
            EVENT.replace("20", "tru"),
            EVENT.replace("20", "True"),
            EVENT.replace("20", "NULL"),
            EVENT.replace("20", "undefined"),
            EVENT.replace("20", "20 20"),
            EVENT.replace("\"NW\"", "\"N\" + \"W\""),
            EVENT.replace("\"NW\"", "\"N\" \"W\""),
            EVENT.replace("NW", "\\NW"),
            EVENT.replace("NW", "\\'NW"),
            EVENT.replace("NW", "\\u00"),
            EVENT.replace("NW", "\\u00G0"),
            EVENT.replace("NW", "\\U0041"),
            EVENT.replace("NW", "\\x41"),
            EVENT.replace("NW", "\\0"),
            EVENT.replace("NW\"", "NW\\\""),
            EVENT.replace(" ", "\u00A0"),
            EVENT.replace(" ", "\u2028"),
            EVENT.replace(" ", "\f"),
            EVENT.replace("\"humidity\"", "1"),
            EVENT.replace("\"humidity\"", "null"),
            ")]}'\n" + EVENT,
            "//\n" + EVENT,
            ";" + EVENT,
            "\u0000" + "x".repeat(8),
            "{\"temperature\"",
            "{\"temperature\":}",
            "{temperature}",
            "temperature=20&humidity=60",
            "20,60,10,NW,0,Sunny",
            "<event><temperature>20</temperature></event>",
            "temperature: 20\nhumidity: 60",
            "{'temperature': 20}",
            "%7B%22temperature%22%3A20%7D",
            "&quot;",
            "\"",
            "\\",
            "-",
            "{",
            "[",
            "[1,",
            "{\"a\":[}",
            "nul",
            "\f",
            "\u000B",
            "\u2003")) {
      add(
          json.startsWith("\u0000") ? RejectReason.INVALID_UTF8 : RejectReason.INVALID_JSON,
          json,
          json);
    }
    for (char c = 0; c < ' '; c++) {
      add(RejectReason.INVALID_JSON, "raw U+%04X".formatted((int) c), EVENT.replace("NW", "N" + c));
    }
  }

  private void nested() {
    for (int depth : new int[] {65, 100, 1000, 10_000}) {
      String arrays = "[".repeat(depth) + "]".repeat(depth);
      String objects = "{\"a\":".repeat(depth) + "0" + "}".repeat(depth);
      add(RejectReason.INVALID_JSON, depth + " arrays", with("\"x\": " + arrays));
      add(RejectReason.INVALID_JSON, depth + " objects", with("\"x\": " + objects));
      add(RejectReason.INVALID_JSON, depth + " arrays only", arrays);
      add(RejectReason.INVALID_JSON, depth + " objects only", objects);
      add(RejectReason.INVALID_JSON, depth + " open arrays", "[".repeat(depth));
      add(RejectReason.INVALID_JSON, depth + " open objects", "{\"a\":".repeat(depth));
      add(RejectReason.INVALID_JSON, depth + " for a number", field("temperature", arrays));
    }
  }

  private void trailing() {
    for (String more :
        List.of(
            "{}", EVENT, "[]", "0", "null", "true", "\"\"", "\"", "x", "}", "]", ",", ":", "\u0000",
            "//", "\n\n.", "\uFEFF", "}}}}", " {", " NaN")) {
      add(RejectReason.TRAILING_DATA, "and then " + more, EVENT + more);
    }
    add(RejectReason.TRAILING_DATA, "two lines", EVENT + "\n" + EVENT + "\n");
    add(RejectReason.TRAILING_DATA, "two nulls", "null null");
    add(RejectReason.TRAILING_DATA, "a megabyte more", EVENT + "x".repeat(MEGABYTE));
  }

  private void otherThanObjects() {
    for (String json :
        List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-1.5e3",
            "1e400",
            "\"\"",
            "\"text\"",
            "\"{}\"",
            "[]",
            "[null]",
            "[[[]]]",
            "[" + EVENT + "]",
            "[" + EVENT + ", " + EVENT + "]",
            " \n[1, 2]\n")) {
      add(RejectReason.NOT_AN_OBJECT, json, json);
    }
  }

  private void duplicates() {
    for (String name : REQUIRED) {
      add(RejectReason.DUPLICATE_KEY, name, with("\"" + name + "\": 0"));
      String escaped = "\\u%04x%s".formatted((int) name.charAt(0), name.substring(1));
      add(RejectReason.DUPLICATE_KEY, escaped, with("\"" + escaped + "\": 0"));
    }
    for (String name : TEXTS) {
      String twice = "\"%s\": \"a\", \"%s\": \"a\"".formatted(name, name);
      add(
          RejectReason.DUPLICATE_KEY,
          name,
          with(twice).replace(", \"stationId\": \"Köln 🌦\"", ""));
    }
    String twice = "{\"a\": 1, \"b\": 2, \"a\": 3}";
    for (int depth : new int[] {0, 1, 2, 5, 20, 60}) {
      String arrays = "[".repeat(depth) + twice + "]".repeat(depth);
      String objects = "{\"a\": ".repeat(depth) + twice + "}".repeat(depth);
      add(RejectReason.DUPLICATE_KEY, "in " + depth + " arrays", with("\"x\": " + arrays));
      add(RejectReason.DUPLICATE_KEY, "in " + depth + " objects", with("\"x\": " + objects));
      add(RejectReason.DUPLICATE_KEY, "for a number, " + depth, field("temperature", arrays));
    }
    add(RejectReason.DUPLICATE_KEY, "the empty name", with("\"\": 1, \"\": 1"));
    add(RejectReason.DUPLICATE_KEY, "nothing else", "{\"x\": 1, \"x\": 1}");
  }

  private void missingAndNull() {
    for (String name : REQUIRED) {
      add(RejectReason.MISSING_FIELD, name, EVENT.replace("\"" + name, "\"" + name + "2"));
      add(RejectReason.MISSING_FIELD, name, EVENT.replace("\"" + name, "\" " + name));
      add(RejectReason.NULL_FIELD, name, field(name, "null"));
    }
    add(RejectReason.MISSING_FIELD, "in capitals", EVENT.replace("humidity", "HUMIDITY"));
    add(RejectReason.MISSING_FIELD, "a Cyrillic letter", EVENT.replace("humidity", "humіdity"));
    add(RejectReason.MISSING_FIELD, "all", "{}");
    add(RejectReason.MISSING_FIELD, "an object deeper", "{\"event\": " + EVENT + "}");
    StringBuilder many = new StringBuilder("{\"x\": 0");
    for (int i = 0; i < 50_000; i++) {
      many.append(",\"f").append(i).append("\":0");
    }
    add(RejectReason.MISSING_FIELD, "50,000 others", many + "}");
  }

  private void types() {
    for (String name : MEASURED) {
      for (String value :
          List.of(
              "\"20\"",
              "\"20.5\"",
              "\"2e1\"",
              "\"\"",
              "\" 20\"",
              "\"NaN\"",
              "\"null\"",
              "true",
              "false",
              "[]",
              "[20]",
              "NaN",
              "Infinity",
              "-Infinity",
              "{}",
              "{\"value\": 20}",
              "[" + EVENT + "]")) {
        add(RejectReason.WRONG_TYPE, name + " " + value, field(name, value));
      }
    }
    for (String value : List.of("true", "false", "[]", "[\"NW\"]", "{}", "[315]")) {
      add(RejectReason.WRONG_TYPE, "windDirection " + value, field("windDirection", value));
    }
    for (String name : TEXTS) {
      for (String value : List.of("0", "1.5", "true", "[]", "[\"a\"]", "{}")) {
        add(RejectReason.WRONG_TYPE, name + " " + value, field(name, value));
      }
    }
    for (String value : List.of("true", "[]", "{}", "[0]", "{\"$date\": 0}")) {
      add(RejectReason.WRONG_TYPE, "eventTime " + value, field("eventTime", value));
    }
    add(
        RejectReason.WRONG_TYPE,
        "a long array",
        field("temperature", "[0" + ",0".repeat(MEGABYTE / 3) + "]"));
  }

  private void numbers() {
    for (String name : MEASURED) {
      for (String literal :
          List.of(
              "nan",
              "-NaN",
              "-INF",
              "+Infinity",
              "inf",
              "+1",
              "01",
              "-01",
              "00",
              ".5",
              "-.5",
              "5.",
              "5.e1",
              "1e",
              "1e+",
              "1E-",
              "1e1.5",
              "--1",
              "- 1",
              "0x14",
              "0b1",
              "1_000",
              "1f",
              "1d",
              "1L",
              "1,5",
              "٣",
              "１",
              "1/2",
              "1%",
              "½",
              "20°")) {
        add(RejectReason.INVALID_JSON, name + " " + literal, field(name, literal));
      }
      for (String literal :
          List.of(
              "1e400",
              "1e999999999",
              "1e99999999999999999999",
              "-1e400",
              "1e18",
              "1E+300",
              "9".repeat(999),
              "-" + "9".repeat(998),
              "9".repeat(400) + "." + "9".repeat(400),
              "18446744073709551616",
              "2000.000001",
              "-273.16")) {
        add(RejectReason.OUT_OF_RANGE, name + " " + literal, field(name, literal));
      }
      for (int digits : new int[] {1001, 100_000, 900_000}) {
        add(
            RejectReason.INVALID_JSON,
            name + " of " + digits + " digits",
            field(name, "1".repeat(digits)));
        add(
            RejectReason.INVALID_JSON,
            name + " of " + digits + " decimals",
            field(name, "0." + "1".repeat(digits)));
      }
    }
    add(RejectReason.OUT_OF_RANGE, "too cold", field("temperature", "-90.000000001"));
    add(RejectReason.OUT_OF_RANGE, "too hot", field("temperature", "70.000000001"));
    add(RejectReason.OUT_OF_RANGE, "too dry", field("humidity", "-0.000000001"));
    add(RejectReason.OUT_OF_RANGE, "too humid", field("humidity", "100.000000001"));
    add(RejectReason.OUT_OF_RANGE, "too calm", field("windSpeed", "-1e-300"));
    add(RejectReason.OUT_OF_RANGE, "too windy", field("windSpeed", "270.000000001"));
    add(RejectReason.OUT_OF_RANGE, "negative rain", field("precipitation", "-4.9e-324"));
  }

  private void windDirections() {
    for (String value :
        List.of(
            "\"\"",
            "\" \"",
            "\"NW \"",
            "\" NW\"",
            "\"North\"",
            "\"NNN\"",
            "\"NNNW\"",
            "\"WN\"",
            "\"O\"",
            "\"N\\u0000\"",
            "\"\\ud800\"",
            "\"ＮＷ\"",
            "\"Ν\"",
            "\"315\"",
            "\"0\"",
            "\"45.0\"",
            "-1",
            "-0.001",
            "360.001",
            "361",
            "720",
            "1e3",
            "1e400",
            "-1e400",
            "9".repeat(999),
            "\"" + "N".repeat(MEGABYTE) + "\"")) {
      add(
          RejectReason.UNKNOWN_WIND_DIRECTION,
          "windDirection " + value,
          field("windDirection", value));
    }
  }

  private void texts() {
    for (String name : TEXTS) {
      for (String text :
          List.of(
              "\\ud800",
              "\\udfff",
              "\\uD83C",
              "\\uDF26\\uD83C",
              "a\\ud800b",
              "\\ud800\\ud800",
              "\\ud800\\u0041",
              "🌦\\ud800",
              "\u007F",
              "\u0080",
              "\u009F",
              "x".repeat(257),
              "é".repeat(257),
              "🌦".repeat(129),
              "x".repeat(MEGABYTE / 2),
              "\\u0041".repeat(257))) {
        add(RejectReason.INVALID_TEXT, name + " " + text, field(name, "\"" + text + "\""));
      }
      for (int c = 0; c < ' '; c++) {
        String escaped = "\"a\\u%04X\"".formatted(c);
        add(RejectReason.INVALID_TEXT, name + " " + escaped, field(name, escaped));
      }
    }
    add(RejectReason.INVALID_TEXT, "empty station", field("stationId", "\"\""));
  }

  private void times() {
    for (String time :
        List.of(
            "\"\"",
            "\" \"",
            "\"now\"",
            "\"0\"",
            "\"1800000000000\"",
            "\"2026-03-01\"",
            "\"12:00:00Z\"",
            "\"2026-03-01T12:00:00\"",
            "\"2026-03-01 12:00:00Z\"",
            "\"2026-03-01T12:00:00 Z\"",
            "\" 2026-03-01T12:00:00Z\"",
            "\"2026-03-01T12:00:00Z \"",
            "\"2026-03-01T12:00:00ZZ\"",
            "\"2026-03-01T12:00:00+0100\"",
            "\"2026-03-01T12:00:00+19:00\"",
            "\"2026-03-01T12:00:00Europe/Paris\"",
            "\"2026-03-01T12:00:00,5Z\"",
            "\"2026-03-01T12:00:00.1234567890Z\"",
            "\"2026-3-1T12:00:00Z\"",
            "\"26-03-01T12:00:00Z\"",
            "\"20260301T120000Z\"",
            "\"2026-W09-7T12:00:00Z\"",
            "\"2026-060T12:00:00Z\"",
            "\"2026-00-01T00:00:00Z\"",
            "\"2026-13-01T00:00:00Z\"",
            "\"2026-01-00T00:00:00Z\"",
            "\"2026-01-32T00:00:00Z\"",
            "\"2026-02-29T00:00:00Z\"",
            "\"2100-02-29T00:00:00Z\"",
            "\"2026-04-31T00:00:00Z\"",
            "\"2026-01-01T24:00:01Z\"",
            "\"2026-01-01T25:00:00Z\"",
            "\"2026-01-01T00:60:00Z\"",
            "\"2016-12-31T23:59:60Z\"",
            "\"2026-01-01T-1:00:00Z\"",
            "\"1969-12-31T23:59:59.999Z\"",
            "\"1970-01-01T00:59:59+01:00\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"-2026-01-01T00:00:00Z\"",
            "\"+1000000000-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"٢٠٢٦-03-01T12:00:00Z\"",
            "\"01/03/2026\"",
            "\"Sun, 01 Mar 2026 12:00:00 GMT\"",
            "\"\\u0000\"",
            "\"" + "2".repeat(MEGABYTE) + "\"",
            "-1",
            "-9223372036854775808",
            "1.5",
            "1e12",
            "1800000000000.0",
            "9223372036854775808",
            "9".repeat(999))) {
      add(RejectReason.INVALID_EVENT_TIME, "eventTime " + time, field("eventTime", time));
    }
    for (String time :
        List.of(
            "\"9999-12-31T23:59:59Z\"",
            "\"+12026-01-01T00:00:00Z\"",
            "253402300799999",
            "9223372036854775807")) {
      add(RejectReason.FUTURE_EVENT_TIME, "eventTime " + time, field("eventTime", time));
    }
    // The beginning of the epoch, an uptime in seconds, epoch seconds.
    for (String time : List.of("0", "86400", "1764072000", "\"1970-01-01T00:00:00Z\"")) {
      add(RejectReason.PAST_EVENT_TIME, "eventTime " + time, field("eventTime", time));
    }
  }

  private void huge() {
    add(
        RejectReason.INVALID_JSON,
        "a name of a megabyte",
        with("\"" + "n".repeat(MEGABYTE) + "\": 0"));
    add(RejectReason.TRAILING_DATA, "a megabyte of quotes", "\"".repeat(MEGABYTE));
    add(RejectReason.INVALID_JSON, "a megabyte of backslashes", "\"" + "\\".repeat(MEGABYTE));
    add(
        RejectReason.INVALID_JSON,
        "a megabyte of digits",
        field("temperature", "1".repeat(MEGABYTE)));
    add(RejectReason.INVALID_JSON, "a megabyte of commas", "{" + ",".repeat(MEGABYTE));
    add(RejectReason.INVALID_UTF8, "a megabyte of zeros", new byte[MEGABYTE]);
    add(
        RejectReason.INVALID_TEXT,
        "a megabyte of text",
        field("conditions", "\"" + "x".repeat(MEGABYTE) + "\""));
  }

  /** Other formats by their first bytes, and bytes without any. */
  private void noise() {
    add(RejectReason.INVALID_UTF8, "gzip", bytes(0x1F, 0x8B, 0x08, 0x00, 0x00));
    add(RejectReason.INVALID_UTF8, "PNG", bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'));
    add(RejectReason.INVALID_JSON, "zip", bytes('P', 'K', 3, 4, 20, 20));
    add(RejectReason.INVALID_JSON, "Parquet", "PAR1");
    add(RejectReason.INVALID_JSON, "Avro", bytes('O', 'b', 'j', 1));
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[10 + random.nextInt(500)];
      random.nextBytes(noise);
      // Never part of UTF-8, so that the reason is known.
      noise[random.nextInt(noise.length)] = (byte) 0xFE;
      add(RejectReason.INVALID_UTF8, "noise " + i, noise);
    }
  }

  /** The event with this value for the field, which is added if the event has none. */
  private static String field(String name, String value) {
    String start = "\"" + name + "\": ";
    int from = EVENT.indexOf(start);
    if (from < 0) {
      return with(start + value);
    }
    int comma = EVENT.indexOf(", \"", from);
    int to = comma < 0 ? EVENT.length() - 1 : comma;
    return EVENT.substring(0, from + start.length()) + value + EVENT.substring(to);
  }

  /** The event with more fields behind its own. */
  private static String with(String fields) {
    return EVENT.substring(0, EVENT.length() - 1) + ", " + fields + "}";
  }

  /** The event with these bytes in its conditions. */
  private static byte[] inText(int... inside) {
    String[] parts = EVENT.split("Partly ", -1);
    byte[] before = parts[0].getBytes(UTF_8);
    byte[] after = parts[1].getBytes(UTF_8);
    byte[] body = Arrays.copyOf(before, before.length + inside.length + after.length);
    System.arraycopy(bytes(inside), 0, body, before.length, inside.length);
    System.arraycopy(after, 0, body, before.length + inside.length, after.length);
    return body;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private void add(RejectReason reason, String name, String body) {
    add(reason, name, body.getBytes(UTF_8));
  }

  private void add(RejectReason reason, String name, byte[] body) {
    String shortName = name.length() > 60 ? name.substring(0, 60) + "..." : name;
    bodies.add(new HostileBody(shortName, body, reason));
  }
}
