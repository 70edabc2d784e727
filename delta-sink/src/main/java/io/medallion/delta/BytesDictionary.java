package io.medallion.delta;

import java.util.Arrays;

/**
 * Byte strings in the order of their first appearance, each after its length as in Parquet's plain
 * encoding; open addressing.
 */
final class BytesDictionary {

  private static final int FIRST_SLOTS = 128;

  private final PlainBytes entries = new PlainBytes();
  private int[] starts = new int[FIRST_SLOTS / 2];
  private int[] hashes = new int[FIRST_SLOTS / 2];

  /** Where an entry's hash leads to: its id plus one, 0 for none. At most half of them are used. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  PlainBytes entries() {
    return entries;
  }

  /** The entry's id; a new one if it is new. */
  int idOf(byte[] bytes, int from, int to) {
    int hash = hash(bytes, from, to);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (hashes[id] == hash && entries.equals(starts[id], bytes, from, to)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    if (size == starts.length) {
      grow();
      return idOf(bytes, from, to);
    }
    starts[size] = entries.size();
    hashes[size] = hash;
    entries.add(bytes, from, to - from);
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    starts = Arrays.copyOf(starts, 2 * size);
    hashes = Arrays.copyOf(hashes, 2 * size);
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }
}
