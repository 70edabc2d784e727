package io.medallion.job.decode;

import io.medallion.job.event.EventLimits;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds where values begin and end in JSON, by quotes and brackets alone. What is between them need
 * not be JSON; that a decoder finds out.
 */
final class JsonScanner {

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
  int member(int object, byte[] name) {
    if (!isAt(object, '{')) {
      return NONE;
    }
    int at = skipSpace(object + 1);
    while (isAt(at, '"')) {
      int end = endOfText(at);
      int colon = end == NONE ? NONE : skipSpace(end);
      if (!isAt(colon, ':')) {
        return NONE;
      }
      int value = skipSpace(colon + 1);
      if (Arrays.equals(bytes, at + 1, end - 1, name, 0, name.length)) {
        return value;
      }
      int next = endOf(value);
      int comma = next == NONE ? NONE : skipSpace(next);
      if (!isAt(comma, ',')) {
        return NONE;
      }
      at = skipSpace(comma + 1);
    }
    return NONE;
  }
}
