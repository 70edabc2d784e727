package io.medallion.maintenance.audit;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The events of one partition that may be copies, by a fingerprint of 128 bits, and where the first
 * event is that they may be copies of: in arrays, at most 144 bytes an event, a third more while
 * they grow. Open addressing with linear probing, at most half full.
 */
final class CopyIndex {

  private static final long NONE = Long.MAX_VALUE;

  /** Three longs a place: both halves of the fingerprint, the original's offset. */
  private long[] originals = empty(64);

  private int originalCount;

  /** Three longs a copy: its offset, both halves of the fingerprint. */
  private long[] copies = new long[3 * 64];

  private int copyCount;

  /** Notes an event that may be a copy, before all originals. */
  void addCopy(long high, long low, long offset) {
    if (3 * copyCount == copies.length) {
      copies = Arrays.copyOf(copies, 2 * copies.length);
    }
    int end = 3 * copyCount++;
    copies[end] = offset;
    copies[end + 1] = high;
    copies[end + 2] = low;
    int place = placeOf(high, low);
    if (isEmpty(originals, place)) {
      originals[place] = high;
      originals[place + 1] = low;
      originalCount++;
      if (2 * 3L * originalCount > originals.length) {
        grow();
      }
    }
  }

  /** Notes an event that others may be copies of. */
  void addOriginal(long high, long low, long offset) {
    int place = placeOf(high, low);
    if (!isEmpty(originals, place)) {
      originals[place + 2] = Math.min(originals[place + 2], offset);
    }
  }

  /** How much memory the arrays take. */
  long bytes() {
    return Long.BYTES * ((long) originals.length + copies.length);
  }

  /** The offsets of those that have an original before them. */
  void forEachCopy(LongConsumer visitor) {
    for (int i = 0; i < 3 * copyCount; i += 3) {
      if (originals[placeOf(copies[i + 1], copies[i + 2]) + 2] < copies[i]) {
        visitor.accept(copies[i]);
      }
    }
  }

  private int placeOf(long high, long low) {
    int places = originals.length / 3;
    int place = (int) low & (places - 1);
    while (!isEmpty(originals, 3 * place)
        && (originals[3 * place] != high || originals[3 * place + 1] != low)) {
      place = (place + 1) & (places - 1);
    }
    return 3 * place;
  }

  private void grow() {
    long[] old = originals;
    originals = empty(2 * old.length / 3);
    for (int i = 0; i < old.length; i += 3) {
      if (!isEmpty(old, i)) {
        System.arraycopy(old, i, originals, placeOf(old[i], old[i + 1]), 3);
      }
    }
  }

  private static boolean isEmpty(long[] table, int place) {
    return (table[place] | table[place + 1]) == 0;
  }

  /** A power of 2. */
  private static long[] empty(int places) {
    long[] table = new long[3 * places];
    for (int i = 2; i < table.length; i += 3) {
      table[i] = NONE;
    }
    return table;
  }
}
