package io.medallion.job.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of a partition as earlier releases saved them, still packed. All numbers are big endian.
 *
 * <p>The form, version 2: the version (a byte); the Event Hub (length as an int, UTF-8); partition
 * (int); offset of the last valid event and progress (longs); then four sets, each its size (int)
 * and two longs an id: the previous generation and the current one, and those of ids without times.
 *
 * <p>Version 1 had no Event Hub, and two sets: ids without times. An event with such an id is taken
 * for a copy, as it was then.
 */
final class EarlierIds {

  private static final byte BARE_VERSION = 1;
  private static final byte VERSION = 2;

  private final Header header;
  private final byte[] form;

  /** Where the sets begin in the form. */
  private final int ids;

  private EarlierIds(Header header, byte[] form, int ids) {
    this.header = header;
    this.form = form;
    this.ids = ids;
  }

  /**
   * What is before the sets.
   *
   * @param eventHub null in version 1
   * @param lastOffset of the last valid event that the ids know of
   * @param progress the greatest event time so far, in milliseconds
   */
  record Header(String eventHub, int partition, long lastOffset, long progress) {}

  Header header() {
    return header;
  }

  /** The whole array that was saved. */
  byte[] form() {
    return form;
  }

  /**
   * Reads what is before the sets.
   *
   * @throws IllegalStateException if the form is not one of them
   */
  static EarlierIds of(byte[] form) {
    ByteBuffer in = ByteBuffer.wrap(form);
    byte version = in.get();
    String eventHub = null;
    if (version == VERSION) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      eventHub = new String(name, UTF_8);
    } else if (version != BARE_VERSION) {
      throw new IllegalStateException(
          "The saved ids of the deduplication have the form %d, and this release knows the forms %d to %d: the checkpoint was written by another release. Start that one"
              .formatted(version, BARE_VERSION, VERSION));
    }
    Header header = new Header(eventHub, in.getInt(), in.getLong(), in.getLong());
    return new EarlierIds(header, form, in.position());
  }

  /** Both halves of each id that was remembered in the generation before the last. */
  List<long[]> previous() {
    return sets(0);
  }

  /** As {@link #previous()}, of the last generation. */
  List<long[]> current() {
    return sets(1);
  }

  private List<long[]> sets(int generation) {
    ByteBuffer in = ByteBuffer.wrap(form).position(ids);
    List<long[]> read = new ArrayList<>();
    for (int set = 0; in.hasRemaining(); set++) {
      boolean bare = header.eventHub == null || set >= 2;
      for (int left = in.getInt(); left > 0; left--) {
        long high = in.getLong();
        long low = in.getLong();
        if (set % 2 == generation) {
          read.add(bare ? Fingerprint.ofIdAlone(high, low) : new long[] {high, low});
        }
      }
    }
    return read;
  }
}
