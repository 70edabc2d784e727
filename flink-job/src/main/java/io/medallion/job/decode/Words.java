package io.medallion.job.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time, the first of them in a word's lowest bits. */
final class Words {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Words() {}

  static long at(byte[] bytes, int from) {
    return (long) LONGS.get(bytes, from);
  }

  /**
   * The high bit of each byte that equals the ASCII character, from the lowest byte to the first
   * that does; bits above that mean nothing (Warren, "Hacker's Delight", on finding a zero byte).
   */
  static long find(char c, long word) {
    long zeroWhereEqual = word ^ (ONES * c);
    return (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS;
  }
}
