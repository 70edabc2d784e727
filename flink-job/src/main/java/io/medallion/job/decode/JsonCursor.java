package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Walks over the bytes of a JSON object, as far as they are plain: no escapes, no exponents.
 *
 * <p>Where it meets anything else it gives up: it is then beyond the end, where nothing can be
 * taken any more. So the caller need not ask after each step; an event that was read up to {@link
 * #atEnd} has been plain throughout. What texts hold is left to the caller, but for quotes and
 * backslashes. Never throws.
 */
final class JsonCursor {

  /** 15 digits, which fit a double's mantissa, and a point; without a point one digit more. */
  private static final int MAX_NUMBER_LENGTH = 16;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
  };

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  private static final int BEYOND_THE_END = Integer.MAX_VALUE;

  private byte[] bytes;
  private int at;
  private int textStart;
  private int textEnd;

  void start(byte[] json) {
    bytes = json;
    at = 0;
  }

  void giveUp() {
    at = BEYOND_THE_END;
  }

  /** Passes over white space; whether nothing is left. */
  boolean atEnd() {
    skipSpace();
    return at == bytes.length;
  }

  /** Passes over white space and, if it is next, the character. */
  boolean take(char c) {
    skipSpace();
    return takeHere(c);
  }

  /**
   * Passes over the name of a member of an object, and the colon; null, and gives up, if there is
   * none that is known.
   *
   * @param before the member before it; null for the first one
   */
  FieldTree.Node member(FieldTree.Node object, FieldTree.Node before) {
    if (take('"')) {
      FieldTree.Node member = object.memberAt(bytes, at, before);
      if (member != null) {
        at += member.quotedName.length;
        if (take(':')) {
          return member;
        }
      }
    }
    giveUp();
    return null;
  }

  /** Passes over white space; whether a number seems to be next. */
  boolean isNumberNext() {
    skipSpace();
    return at < bytes.length && (bytes[at] == '-' || (bytes[at] >= '0' && bytes[at] <= '9'));
  }

  /** Where the next byte is; beyond the end after giving up. */
  int position() {
    return at;
  }

  /** Passes over {@code true} or {@code false}: 1 or 0; gives up if neither is there. */
  int bool() {
    skipSpace();
    if (word(TRUE)) {
      return 1;
    }
    if (!word(FALSE)) {
      giveUp();
    }
    return 0;
  }

  private boolean word(byte[] word) {
    int end = at + word.length;
    if (end < 0 || end > bytes.length || !Arrays.equals(bytes, at, end, word, 0, word.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /**
   * Passes over a text, which is then from {@link #textStart} to {@link #textEnd}. Whether there is
   * one; gives up if it has escapes or no end.
   */
  boolean text() {
    if (!take('"')) {
      return false;
    }
    textStart = at;
    textEnd = quoteOrBackslash(at);
    at = textEnd;
    boolean ended = takeHere('"');
    if (!ended) {
      giveUp();
    }
    return ended;
  }

  /** Where the next quote or backslash is, or the end. */
  private int quoteOrBackslash(int from) {
    int i = from;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      long word = Words.at(bytes, i);
      long found = Words.find('"', word) | Words.find('\\', word);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < bytes.length && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  /**
   * Passes over a number without an exponent; not a number, and gives up, if there is none.
   *
   * <p>Exact: the digits fit a double's mantissa (those of a whole number are rounded once, as a
   * long is), and one division by a power of ten that is itself exact rounds once, as IEEE 754
   * requires (Clinger, "How to read floating point numbers accurately", 1990). Gives up at −0,
   * which as a whole number is 0 and as a fraction is not.
   */
  double number() {
    skipSpace();
    boolean negative = takeHere('-');
    int start = at;
    long digits = digits(0);
    boolean plain = isWholeNumber(start);
    int decimals = 0;
    if (takeHere('.')) {
      int point = at;
      digits = digits(digits);
      decimals = at - point;
      plain &= decimals > 0;
    }
    if (!plain || at - start > MAX_NUMBER_LENGTH || (negative && digits == 0)) {
      giveUp();
      return Double.NaN;
    }
    double value = digits / POWERS_OF_TEN[decimals];
    return negative ? -value : value;
  }

  /** Passes over a whole number without a sign; −1, and gives up, if there is none. */
  long wholeNumber() {
    skipSpace();
    int start = at;
    long value = digits(0);
    if (!isWholeNumber(start) || at - start > MAX_NUMBER_LENGTH) {
      giveUp();
      return -1;
    }
    return value;
  }

  /** Passes over the decimals of a number, if there are some; gives its thousandths. */
  int thousandths() {
    if (!takeHere('.')) {
      return 0;
    }
    int point = at;
    digits(0);
    if (at == point) {
      giveUp();
      return 0;
    }
    int value = 0;
    for (int i = point; i < point + 3; i++) {
      value = value * 10 + (i < at ? bytes[i] - '0' : 0);
    }
    return value;
  }

  /** Whether the digits from there to here are a number as JSON has it: some, and no zero first. */
  private boolean isWholeNumber(int start) {
    int count = at - start;
    return count == 1 || (count > 1 && bytes[start] != '0');
  }

  /** Passes over digits, appending them to a number; it overflows beyond 18 digits. */
  private long digits(long number) {
    long result = number;
    int i = at;
    for (; i < bytes.length; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      result = result * 10 + digit;
    }
    at = i;
    return result;
  }

  private boolean takeHere(char c) {
    if (at < bytes.length && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }
}
