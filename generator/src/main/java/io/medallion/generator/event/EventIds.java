package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medallion.generator.noise.Hash;

/**
 * Names events: eight characters for the run, then the event's number, both in base 32. Within a
 * run ids are unique; two runs share their eight characters if they have the same seed and start,
 * and otherwise with a chance of 2<sup>-40</sup>.
 */
public final class EventIds {

  private static final byte[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".getBytes(US_ASCII);
  private static final int BITS = 5;
  private static final int RUN_LENGTH = 8;

  private final byte[] run = new byte[RUN_LENGTH];

  public EventIds(long seed, long startMillis) {
    long hash = Hash.of(seed, startMillis);
    for (int i = 0; i < RUN_LENGTH; i++) {
      run[i] = digit(hash >>> (i * BITS));
    }
  }

  public void write(long index, ByteWriter out) {
    out.put(run);
    int significant = Long.SIZE - Long.numberOfLeadingZeros(index | 1);
    for (int shift = (significant - 1) / BITS * BITS; shift >= 0; shift -= BITS) {
      out.put(digit(index >>> shift));
    }
  }

  private static byte digit(long bits) {
    return DIGITS[(int) bits & (DIGITS.length - 1)];
  }
}
