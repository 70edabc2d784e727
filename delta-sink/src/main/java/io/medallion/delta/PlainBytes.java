package io.medallion.delta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Byte strings one after the other in Parquet's plain encoding: each after its length in four
 * bytes, little endian.
 */
final class PlainBytes {

  private static final int FIRST_CAPACITY = 1024;
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array = new byte[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void add(byte[] bytes, int offset, int length) {
    int end = Math.addExact(size + Integer.BYTES, length);
    if (end > array.length) {
      array = Arrays.copyOf(array, (int) Math.max(end, Math.min(2L * array.length, 1 << 30)));
    }
    LENGTH.set(array, size, length);
    System.arraycopy(bytes, offset, array, size + Integer.BYTES, length);
    size = end;
  }

  /** Whether the string that starts here is the same as the bytes given. */
  boolean equals(int start, byte[] bytes, int from, int to) {
    return Arrays.equals(array, firstByte(start), next(start), bytes, from, to);
  }

  /** The backing array; not to be kept. */
  byte[] array() {
    return array;
  }

  /** Where the bytes of the string that starts here begin. */
  int firstByte(int start) {
    return start + Integer.BYTES;
  }

  /** Where the bytes of the string that starts here end and the next string starts. */
  int next(int start) {
    return start + Integer.BYTES + (int) LENGTH.get(array, start);
  }

  /** Valid until the next change. */
  BytesInput bytes() {
    return BytesInput.from(array, 0, size);
  }

  /** Puts the least and the greatest of the strings, compared as unsigned bytes, there. */
  void bounds(Statistics<?> statistics) {
    int min = 0;
    int max = 0;
    for (int start = next(0); start < size; start = next(start)) {
      if (compare(start, min) < 0) {
        min = start;
      } else if (compare(start, max) > 0) {
        max = start;
      }
    }
    statistics.updateStats(copy(min));
    statistics.updateStats(copy(max));
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(
        array, firstByte(left), next(left), array, firstByte(right), next(right));
  }

  private Binary copy(int start) {
    return Binary.fromConstantByteArray(Arrays.copyOfRange(array, firstByte(start), next(start)));
  }
}
