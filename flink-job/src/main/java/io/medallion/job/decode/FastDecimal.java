package io.medallion.job.decode;

/**
 * Reads the short decimal numbers of measurements straight from a parser's buffer.
 *
 * <p>Exact: up to 15 digits fit a double's mantissa, and one division by a power of ten that is
 * itself exact rounds once, as IEEE 754 requires (Clinger, "How to read floating point numbers
 * accurately", 1990). Longer numbers and exponents are left to a full parser.
 */
final class FastDecimal {

  private static final int MAX_DIGITS = 15;
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private FastDecimal() {}

  /** The number, or NaN if it takes a full parser. The input is a JSON number already. */
  static double parse(char[] buffer, int offset, int length) {
    boolean negative = buffer[offset] == '-';
    int i = negative ? offset + 1 : offset;
    int end = offset + length;
    if (end - i > MAX_DIGITS + 1) {
      return Double.NaN;
    }
    long digits = 0;
    int point = end - 1;
    for (; i < end; i++) {
      char c = buffer[i];
      if (c == '.') {
        point = i;
      } else if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
      } else {
        return Double.NaN;
      }
    }
    if (digits >= 1_000_000_000_000_000L) {
      return Double.NaN;
    }
    double value = digits / POWERS_OF_TEN[end - 1 - point];
    return negative ? -value : value;
  }
}
