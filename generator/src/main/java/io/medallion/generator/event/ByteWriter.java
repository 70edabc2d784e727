package io.medallion.generator.event;

import java.util.Arrays;

/** A reusable buffer that text and numbers are written to as ASCII, without garbage. */
final class ByteWriter {

  private final byte[] bytes;
  private int length;

  /**
   * @param capacity more than any text written to it
   */
  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  void clear() {
    length = 0;
  }

  void put(byte value) {
    bytes[length++] = value;
  }

  void put(byte[] text) {
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** A whole number from 0 to 9,999. */
  void putSmall(int number) {
    if (number >= 1000) {
      put(digit(number / 1000));
    }
    if (number >= 100) {
      put(digit(number / 100 % 10));
    }
    if (number >= 10) {
      put(digit(number / 10 % 10));
    }
    put(digit(number % 10));
  }

  /** A number with exactly so many digits, zeros in front. */
  void putPadded(int number, int digits) {
    int rest = number;
    for (int position = length + digits - 1; position >= length; position--) {
      bytes[position] = digit(rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** A number of tenths between ±99,999: {@code -3}, {@code 0.5}, {@code 21}. */
  void putTenths(int tenths) {
    int rest = tenths;
    if (rest < 0) {
      put((byte) '-');
      rest = -rest;
    }
    putSmall(rest / 10);
    if (rest % 10 != 0) {
      put((byte) '.');
      put(digit(rest % 10));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private static byte digit(int value) {
    return (byte) ('0' + value);
  }
}
