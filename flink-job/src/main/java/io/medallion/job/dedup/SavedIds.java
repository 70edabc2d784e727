package io.medallion.job.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The saved ids of a partition, still packed. All numbers are big endian.
 *
 * <p>The form, version 2: the version (a byte); the Event Hub (length as an int, UTF-8); partition
 * (int); offset of the last valid event and progress (longs); then four sets, each its size (int)
 * and two longs an id: the previous generation and the current one, and those of ids without times.
 *
 * <p>Version 1, of the first release, had no Event Hub, and two sets: ids without times.
 */
final class SavedIds {

  private static final byte BARE_VERSION = 1;
  private static final byte VERSION = 2;

  private final Header header;
  private final byte[] form;

  /** Where the sets begin in the form. */
  private final int ids;

  private SavedIds(Header header, byte[] form, int ids) {
    this.header = header;
    this.form = form;
    this.ids = ids;
  }

  Header header() {
    return header;
  }

  /** The whole array that was saved. */
  byte[] form() {
    return form;
  }

  /**
   * What tells whether and where the ids are needed.
   *
   * @param eventHub null in version 1
   * @param lastOffset of the last valid event that the ids know of
   */
  record Header(String eventHub, int partition, long lastOffset, long progress) {}

  /** What to do with the sets. */
  interface Reader {
    void sets(IdSet previous, IdSet current, IdSet previousBare, IdSet currentBare);
  }

  static byte[] write(Header header, IdSet... sets) {
    byte[] eventHub = header.eventHub.getBytes(UTF_8);
    int bytes = Byte.BYTES + 2 * Integer.BYTES + eventHub.length + 2 * Long.BYTES;
    ByteBuffer out = ByteBuffer.allocate(bytes + Arrays.stream(sets).mapToInt(IdSet::bytes).sum());
    out.put(VERSION).putInt(eventHub.length).put(eventHub);
    out.putInt(header.partition).putLong(header.lastOffset).putLong(header.progress);
    for (IdSet set : sets) {
      set.write(out);
    }
    return out.array();
  }

  /**
   * Reads the header.
   *
   * @throws IllegalStateException if the form is one that only a newer release knows
   */
  static SavedIds of(byte[] form) {
    ByteBuffer in = ByteBuffer.wrap(form);
    byte version = in.get();
    String eventHub = null;
    if (version == VERSION) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      eventHub = new String(name, UTF_8);
    } else if (version != BARE_VERSION) {
      throw new IllegalStateException(
          "The saved ids of the deduplication have the form %d, and this release knows the forms %d to %d: the checkpoint was written by a newer release. Start that one"
              .formatted(version, BARE_VERSION, VERSION));
    }
    Header header = new Header(eventHub, in.getInt(), in.getLong(), in.getLong());
    return new SavedIds(header, form, in.position());
  }

  void read(Reader reader) {
    ByteBuffer in = ByteBuffer.wrap(form).position(ids);
    IdSet first = IdSet.read(in);
    IdSet second = IdSet.read(in);
    if (header.eventHub == null) {
      reader.sets(new IdSet(), new IdSet(), first, second);
    } else {
      reader.sets(first, second, IdSet.read(in), IdSet.read(in));
    }
  }
}
