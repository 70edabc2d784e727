package io.medallion.job.dedup;

import java.nio.ByteBuffer;

/**
 * A set of {@link Fingerprint}s in one array: 24 to 48 bytes each while it grows, nothing allocated
 * for one more. Open addressing with linear probing, at most two thirds full.
 */
final class IdSet {

  private static final int SMALLEST = 64;

  /** Two longs a place; an empty one has two zeros. The length is a power of 2. */
  private long[] table;

  private int size;

  IdSet() {
    this(0);
  }

  /** With room for this many. */
  IdSet(int expected) {
    int places = SMALLEST;
    while (2L * places < 3L * expected) {
      places *= 2;
    }
    table = new long[2 * places];
  }

  int size() {
    return size;
  }

  boolean contains(long high, long low) {
    int place = placeOf(high, low);
    return (table[place] | table[place + 1]) != 0;
  }

  /** The second half of the fingerprint that has the same id as this one; 0 if there is none. */
  long withIdOf(Fingerprint event) {
    int last = table.length - 1;
    int place = firstPlace(event.high());
    while ((table[place] | table[place + 1]) != 0) {
      if (table[place] == event.high()
          && ((table[place + 1] ^ event.low()) & Fingerprint.ID_BITS) == 0) {
        return table[place + 1];
      }
      place = (place + 2) & last;
    }
    return 0;
  }

  /** Returns false if it is in the set already. */
  boolean add(long high, long low) {
    int place = placeOf(high, low);
    if ((table[place] | table[place + 1]) != 0) {
      return false;
    }
    table[place] = high;
    table[place + 1] = low;
    size++;
    if (3L * size > table.length) {
      grow();
    }
    return true;
  }

  /** Where it is, or the empty place where it would be. */
  private int placeOf(long high, long low) {
    int last = table.length - 1;
    int place = firstPlace(high);
    while ((table[place] != high || table[place + 1] != low)
        && (table[place] | table[place + 1]) != 0) {
      place = (place + 2) & last;
    }
    return place;
  }

  private int firstPlace(long high) {
    return ((int) high << 1) & (table.length - 1);
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    for (int i = 0; i < old.length; i += 2) {
      if ((old[i] | old[i + 1]) != 0) {
        int place = placeOf(old[i], old[i + 1]);
        table[place] = old[i];
        table[place + 1] = old[i + 1];
      }
    }
  }

  /** How many bytes {@link #write} writes. */
  int bytes() {
    return Integer.BYTES + size * 2 * Long.BYTES;
  }

  void write(ByteBuffer out) {
    out.putInt(size);
    for (int i = 0; i < table.length; i += 2) {
      if ((table[i] | table[i + 1]) != 0) {
        out.putLong(table[i]).putLong(table[i + 1]);
      }
    }
  }

  static IdSet read(ByteBuffer in) {
    int count = in.getInt();
    IdSet set = new IdSet(count);
    for (int i = 0; i < count; i++) {
      set.add(in.getLong(), in.getLong());
    }
    return set;
  }
}
