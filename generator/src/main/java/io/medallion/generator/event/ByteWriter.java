package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A reusable buffer, growing where it must, that text and numbers are written to. */
public final class ByteWriter {

  private byte[] bytes;
  private int length;

  /**
   * @param capacity to begin with
   */
  public ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public void clear() {
    length = 0;
  }

  public int length() {
    return length;
  }

  /** Takes back what was written since it had the length. */
  public void cutTo(int earlierLength) {
    length = earlierLength;
  }

  public void put(byte value) {
    makeRoom(1);
    bytes[length++] = value;
  }

  public void put(byte[] text) {
    makeRoom(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** A text of ASCII characters. */
  public void putAscii(String text) {
    put(text.getBytes(US_ASCII));
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
    makeRoom(digits);
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

  /** A whole number. */
  public void putLong(long number) {
    putDecimal(number, 0);
  }

  /**
   * A number with so many decimals.
   *
   * @param digits the number without its point; not the least long
   */
  public void putDecimal(long digits, int decimals) {
    if (digits < 0) {
      put((byte) '-');
    }
    long rest = Math.abs(digits);
    int places = Math.max(decimals + 1, places(rest));
    int size = decimals > 0 ? places + 1 : places;
    makeRoom(size);
    for (int i = length + size - 1, place = 0; i >= length; i--) {
      if (decimals > 0 && place == decimals) {
        bytes[i--] = '.';
      }
      bytes[i] = digit((int) (rest % 10));
      rest /= 10;
      place++;
    }
    length += size;
  }

  private static int places(long number) {
    int places = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      places++;
    }
    return places;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private static byte digit(int value) {
    return (byte) ('0' + value);
  }
}
