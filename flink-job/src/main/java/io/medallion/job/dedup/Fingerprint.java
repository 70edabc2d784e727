package io.medallion.job.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 128 bits that stand for an event: 80 of them for its station and its id, as two stations may both
 * count 1, 2, 3; 48 for what tells it from another event with the same id: the event time it tells,
 * or else its body. Two events with different ids out of a billion share all of them with a chance
 * of about 10<sup>-21</sup>, two with the same id with one of 4·10<sup>-15</sup>.
 *
 * <p>The hash is MurmurHash3 (the x64 variant of 128 bits) of the id, with that of the station as
 * its seed. It is part of the form of the saved state and must not change. Reused for every event.
 */
public final class Fingerprint {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  /** The bits of {@link #low} that are of the id; the others are of time or body. */
  static final long ID_BITS = 0xFFFF_0000_0000_0000L;

  private long high;
  private long low;

  // Of station and id alone.
  private long idHigh;
  private long idLow;

  /** Takes on the fingerprint of an event that tells its time. */
  public void set(byte[] key, byte[] eventId, long eventTime) {
    setId(key, eventId);
    distinguish(avalanche(eventTime + idLow));
  }

  /** Takes on the fingerprint of an event that does not tell its time. */
  public void set(byte[] key, byte[] eventId, byte[] body) {
    setId(key, eventId);
    add(body);
    distinguish(high ^ low);
  }

  private void setId(byte[] key, byte[] eventId) {
    high = 0;
    low = 0;
    add(key);
    add(eventId);
    if (high == 0 && low == 0) {
      // Stands for an empty place in tables.
      low = 1;
    }
    idHigh = high;
    idLow = low;
  }

  private void distinguish(long hash) {
    high = idHigh == 0 ? 1 : idHigh;
    long rest = hash & ~ID_BITS;
    low = (idLow & ID_BITS) | (rest == 0 ? 1 : rest);
  }

  /** The first half; not 0. */
  public long high() {
    return high;
  }

  /** The second half; not 0. */
  public long low() {
    return low;
  }

  /** The first half of what stands for station and id alone; not both are 0. */
  public long idHigh() {
    return idHigh;
  }

  public long idLow() {
    return idLow;
  }

  /**
   * Both halves of what stands for an event of which station and id alone are known: none of an
   * event with a time or a body is the same.
   */
  static long[] ofIdAlone(long idHigh, long idLow) {
    return new long[] {idHigh == 0 ? 1 : idHigh, idLow & ID_BITS};
  }

  /**
   * The first half of another form of all 128 bits, in which no part stands for the id alone: for
   * events whose id an earlier one had taken. Not 0.
   */
  long mixedHigh() {
    long mixed = avalanche(high + Long.rotateLeft(low, 32));
    return mixed == 0 ? 1 : mixed;
  }

  long mixedLow() {
    return avalanche(low ^ Long.rotateLeft(high, 17));
  }

  private void add(byte[] bytes) {
    long h1 = high;
    long h2 = low;
    int blocks = bytes.length & -BLOCK;
    for (int i = 0; i < blocks; i += BLOCK) {
      h1 ^= mix1((long) LONGS.get(bytes, i));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mix2((long) LONGS.get(bytes, i + Long.BYTES));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    int rest = bytes.length - blocks;
    h1 ^= mix1(partOfLong(bytes, blocks, Math.min(rest, Long.BYTES)));
    h2 ^= mix2(partOfLong(bytes, blocks + Long.BYTES, rest - Long.BYTES));
    h1 ^= bytes.length;
    h2 ^= bytes.length;
    h1 += h2;
    h2 += h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    high = h1 + h2;
    low = h2 + high;
  }

  /** Up to eight bytes, little endian; 0 of none. */
  private static long partOfLong(byte[] bytes, int start, int length) {
    if (length == Long.BYTES) {
      return (long) LONGS.get(bytes, start);
    }
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (bytes[start + i] & 0xff);
    }
    return value;
  }

  private static long mix1(long block) {
    return Long.rotateLeft(block * C1, 31) * C2;
  }

  private static long mix2(long block) {
    return Long.rotateLeft(block * C2, 33) * C1;
  }

  private static long avalanche(long value) {
    long hash = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
