package io.medallion.job.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells how to read the saved {@link Segments} of a partition. Times in milliseconds.
 *
 * <p>The binary form, version 1, all numbers big endian: the version (a byte); the Event Hub
 * (length as an int, UTF-8); progress (long); how many generations (int); of each its number and
 * end (longs), how many ids and segments (ints).
 *
 * @param eventHub whose partition it is
 * @param progress the greatest event time so far
 * @param generations the newest last
 */
record SavedPartition(String eventHub, long progress, List<Generation> generations) {

  private static final byte VERSION = 1;
  private static final int BYTES_OF_GENERATION = 2 * Long.BYTES + 2 * Integer.BYTES;

  /**
   * Ids that are forgotten together.
   *
   * @param number one greater than that of the one before
   * @param end of the span of time that it is of
   */
  record Generation(long number, long end, int ids, int segments) {}

  byte[] form() {
    byte[] name = eventHub.getBytes(UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(
            Byte.BYTES
                + 2 * Integer.BYTES
                + name.length
                + Long.BYTES
                + generations.size() * BYTES_OF_GENERATION);
    out.put(VERSION).putInt(name.length).put(name).putLong(progress).putInt(generations.size());
    for (Generation g : generations) {
      out.putLong(g.number).putLong(g.end).putInt(g.ids).putInt(g.segments);
    }
    return out.array();
  }

  /**
   * Reads the form.
   *
   * @throws IllegalStateException if the form is one that only a newer release knows
   */
  static SavedPartition of(byte[] form) {
    ByteBuffer in = ByteBuffer.wrap(form);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "The saved partition of the deduplication has the form %d, and this release knows the form %d: the checkpoint was written by a newer release. Start that one"
              .formatted(version, VERSION));
    }
    byte[] name = new byte[in.getInt()];
    in.get(name);
    long progress = in.getLong();
    int count = in.getInt();
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      generations.add(new Generation(in.getLong(), in.getLong(), in.getInt(), in.getInt()));
    }
    return new SavedPartition(new String(name, UTF_8), progress, generations);
  }
}
