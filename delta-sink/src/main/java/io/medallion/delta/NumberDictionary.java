package io.medallion.delta;

import java.util.Arrays;

/** Numbers, by their bits, in the order of their first appearance; open addressing. */
final class NumberDictionary {

  private static final int FIRST_SLOTS = 128;

  private long[] entries = new long[FIRST_SLOTS / 2];

  /** Where an entry's hash leads to: its id plus one, 0 for none. At most half of them are used. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  /** The entries by id; what is beyond {@link #size} means nothing. */
  long[] entries() {
    return entries;
  }

  /** The entry's id; a new one if it is new. */
  int idOf(long bits) {
    int mask = slots.length - 1;
    int slot = hash(bits) & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (entries[id] == bits) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    return add(bits, slot);
  }

  private int add(long bits, int slot) {
    if (size == entries.length) {
      grow();
      return idOf(bits);
    }
    entries[size] = bits;
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    entries = Arrays.copyOf(entries, 2 * size);
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hash(entries[id]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  /** The bits of doubles differ mostly in the upper ones; a multiplication spreads them. */
  private static int hash(long bits) {
    long mixed = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) ^ (int) (mixed >>> 50);
  }
}
