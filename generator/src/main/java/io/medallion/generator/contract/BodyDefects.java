package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm.Records;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.noise.Hash;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Breaks the body of an event as a whole, whatever the contract says of its values. */
final class BodyDefects {

  /** What this class can make. */
  static final Set<InvalidKind> KINDS =
      Set.copyOf(
          EnumSet.of(
              InvalidKind.EMPTY_BODY,
              InvalidKind.NULL_BODY,
              InvalidKind.INVALID_UTF8,
              InvalidKind.INVALID_JSON,
              InvalidKind.DUPLICATE_KEY,
              InvalidKind.TRAILING_DATA,
              InvalidKind.NOT_AN_OBJECT));

  /** Deeper than an event may be nested. */
  private static final int DEPTH = 100;

  private static final byte[] MARK = "\uFEFF".getBytes(UTF_8);

  private final boolean isMarkTolerated;
  private final boolean isArrayTolerated;
  private final String unknown;
  private final List<String> twice = new ArrayList<>();

  /**
   * @param names in the outermost object
   * @param isMarkTolerated whether a byte order mark is no defect
   * @param records what a body may be
   */
  BodyDefects(Set<String> names, boolean isMarkTolerated, Records records) {
    this.isArrayTolerated = records == Records.ARRAY;
    this.isMarkTolerated = isMarkTolerated;
    String free = "x";
    while (names.contains(free)) {
      free += "x";
    }
    this.unknown = "\"" + free + "\":";
    twice.add(unknown + "1," + unknown + "2");
    twice.add(unknown + "[{\"a\":1,\"a\":1}]");
    names.stream()
        .limit(1)
        .forEach(name -> twice.add(text(Words.json(name)) + ":0," + text(Words.json(name)) + ":0"));
  }

  /**
   * The broken body; null for {@link InvalidKind#NULL_BODY}.
   *
   * @param valid a body with an object
   */
  byte[] make(InvalidKind kind, byte[] valid, long draw) {
    String json = text(valid);
    return switch (kind) {
      case NULL_BODY -> null;
      case EMPTY_BODY -> bytes(pick(List.of("", " ", "\r\n"), draw));
      case INVALID_UTF8 -> invalidUtf8(json, draw);
      case INVALID_JSON -> bytes(invalidJson(json, draw));
      case DUPLICATE_KEY -> bytes(withFirst(json, pick(twice, draw)));
      case TRAILING_DATA -> bytes(json + pick(List.of("{}", json, " 1"), draw));
      case NOT_AN_OBJECT -> bytes(pick(notObjects(json), draw));
      default -> throw new IllegalArgumentException("not of the body as a whole: " + kind);
    };
  }

  private List<String> notObjects(String json) {
    return List.of(isArrayTolerated ? "0" : "[" + json + "]", "42", "\"text\"", "true");
  }

  private byte[] invalidUtf8(String json, long draw) {
    if (!isMarkTolerated && Hash.index(draw, 3) == 0) {
      return bytes(text(MARK) + json);
    }
    return bytes(withFirst(json, unknown + pick(List.of("\"\u00FF\"", "\"\u00C3\""), draw)));
  }

  private String invalidJson(String json, long draw) {
    return pick(
        List.of(
            json.substring(0, wholeCharacters(json, json.length() / 2)),
            withFirst(json, unknown + "1 " + unknown + "2"),
            withFirst(json, unknown + "[".repeat(DEPTH) + "]".repeat(DEPTH)),
            withFirst(json, unknown + "\"a\nb\""),
            withFirst(json, unknown + "nan"),
            withFirst(json, unknown + "050"),
            withFirst(json, unknown + "+5"),
            withFirst(json, unknown + ".5")),
        draw);
  }

  /** A length at which no character of UTF-8 is cut. */
  private static int wholeCharacters(String json, int length) {
    int end = Math.max(1, length);
    while ((json.charAt(end) & 0xC0) == 0x80) {
      end--;
    }
    return end;
  }

  private static String withFirst(String json, String members) {
    return "{" + members + (json.equals("{}") ? "" : ",") + json.substring(1);
  }

  private static <T> T pick(List<T> choices, long draw) {
    return choices.get(Hash.index(Hash.of(draw, 1), choices.size()));
  }

  /** The bytes one by one, as characters. */
  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
