package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The stations' names, {@code st-0001} and on, which are also the keys of their records. */
public final class Stations {

  private final byte[][] names;

  public Stations(int count) {
    names = new byte[count][];
    for (int station = 0; station < count; station++) {
      names[station] = String.format("st-%04d", station + 1).getBytes(US_ASCII);
    }
  }

  public int count() {
    return names.length;
  }

  /** The name as bytes, which the caller must not change. */
  public byte[] name(int station) {
    return names[station];
  }
}
