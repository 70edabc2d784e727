package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.EventLimits;
import java.util.BitSet;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Finds where values begin and end in JSON, by quotes and brackets alone. What is between them need
 * not be JSON; that a decoder finds out.
 */
final class JsonScanner {

  private static final JsonMapper JSON = new JsonMapper();

  /** What is returned where there is no such place. */
  static final int NONE = -1;

  private final byte[] bytes;

  /** Whether the bracket at each depth is a square one. */
  private final BitSet square = new BitSet(EventLimits.NESTING);

  JsonScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The first byte from there on that is no white space; the length if there is none. */
  int skipSpace(int from) {
    int at = from;
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  boolean isAt(int at, char c) {
    return at >= 0 && at < bytes.length && bytes[at] == c;
  }

  /**
   * Behind the value that begins there: an object or array with all that is in it, a text, or what
   * comes before a comma, a closing bracket or the end. {@link #NONE} if brackets do not match.
   */
  int endOf(int value) {
    if (isAt(value, '"')) {
      return endOfText(value);
    }
    if (!isAt(value, '{') && !isAt(value, '[')) {
      return endOfScalar(value);
    }
    int depth = 0;
    int at = value;
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b == '"') {
        at = endOfText(at);
        if (at == NONE) {
          return NONE;
        }
        continue;
      }
      if (b == '{' || b == '[') {
        square.set(depth++, b == '[');
      } else if (b == '}' || b == ']') {
        if (square.get(--depth) != (b == ']')) {
          return NONE;
        }
        if (depth == 0) {
          return at + 1;
        }
      }
      at++;
    }
    return NONE;
  }

  private int endOfText(int quote) {
    for (int at = quote + 1; at < bytes.length; at++) {
      if (bytes[at] == '\\') {
        at++;
      } else if (bytes[at] == '"') {
        return at + 1;
      }
    }
    return NONE;
  }

  private int endOfScalar(int value) {
    int at = value;
    while (at < bytes.length && ",]} \n\r\t".indexOf(bytes[at]) < 0) {
      at++;
    }
    return at == value ? NONE : at;
  }

  /** Where the value of a member begins, in the object that begins there. */
  int member(int object, String name) {
    for (int at = firstMember(object); at != NONE; at = nextMember(at)) {
      if (name.equals(text(at))) {
        return valueOf(at);
      }
    }
    return NONE;
  }

  /** Where the first member of an object begins, that is, its name. */
  int firstMember(int object) {
    return isAt(object, '{') ? nameAt(skipSpace(object + 1)) : NONE;
  }

  /** Where the member after the one that begins there begins. */
  int nextMember(int member) {
    int value = valueOf(member);
    int end = value == NONE ? NONE : endOf(value);
    int comma = end == NONE ? NONE : skipSpace(end);
    return isAt(comma, ',') ? nameAt(skipSpace(comma + 1)) : NONE;
  }

  /** Where the value of a member begins. */
  int valueOf(int member) {
    int end = endOfText(member);
    int colon = end == NONE ? NONE : skipSpace(end);
    return isAt(colon, ':') ? skipSpace(colon + 1) : NONE;
  }

  private int nameAt(int at) {
    return isAt(at, '"') ? at : NONE;
  }

  /** The text of the scalar that begins there; null of anything else. */
  String text(int scalar) {
    int end = scalar == NONE || isAt(scalar, '{') || isAt(scalar, '[') ? NONE : endOf(scalar);
    if (end == NONE) {
      return null;
    }
    if (!isAt(scalar, '"')) {
      return new String(bytes, scalar, end - scalar, UTF_8);
    }
    String text = new String(bytes, scalar + 1, end - scalar - 2, UTF_8);
    return text.indexOf('\\') < 0 ? text : unescaped(bytes, scalar, end);
  }

  /** What a JSON string says; null if it is none. */
  static String unescaped(byte[] bytes, int quote, int end) {
    try {
      // As characters: of bytes, Jackson would guess an encoding by what a sender put into them.
      return JSON.readValue(new String(bytes, quote, end - quote, UTF_8), String.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
