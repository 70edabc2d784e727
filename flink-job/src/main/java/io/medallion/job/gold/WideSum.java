package io.medallion.job.gold;

/**
 * Sums of {@link FixedPoint} numbers with 128 bits, two longs each: room for any number of events.
 * Kept in arrays, the upper half after the lower one.
 */
final class WideSum {

  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private WideSum() {}

  /** Adds a value to the sum at this place; whole millionths of it. */
  static void add(long[] sums, int place, double value) {
    if (Math.abs(value) < FixedPoint.MAX_OF_A_LONG) {
      add(sums, place, FixedPoint.of(value));
      return;
    }
    // Whole already: a double of this size has no fraction, and its halves are exact.
    double millionths = FixedPoint.millionths(value);
    double high = Math.floor(millionths / TWO_TO_64);
    double low = millionths - high * TWO_TO_64;
    long lowBits = low < TWO_TO_63 ? (long) low : (long) (low - TWO_TO_63) + Long.MIN_VALUE;
    add(sums, place, lowBits, (long) high);
  }

  /** Adds a number of millionths to the sum at this place. */
  static void add(long[] sums, int place, long number) {
    add(sums, place, number, number >> (Long.SIZE - 1));
  }

  /** Adds a sum to the sum at this place. */
  static void add(long[] sums, int place, long low, long high) {
    int at = 2 * place;
    long sum = sums[at] + low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    sums[at] = sum;
    sums[at + 1] += high + carry;
  }

  /** The sum in millionths, as near as a double is. */
  static double millionths(long[] sums, int place) {
    long low = sums[2 * place];
    long high = sums[2 * place + 1];
    if (high == low >> (Long.SIZE - 1)) {
      return low;
    }
    double unsigned = (low >>> 1) * 2.0 + (low & 1);
    return high * TWO_TO_64 + unsigned;
  }
}
