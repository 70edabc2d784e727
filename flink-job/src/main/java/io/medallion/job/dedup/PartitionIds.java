package io.medallion.job.dedup;

import java.nio.ByteBuffer;

/**
 * The ids that are remembered of one partition, in two generations.
 *
 * <p>Its clock is the partition's progress, the greatest event time in it so far, cut into spans of
 * the retention: the new ids of a span make a generation, and of those before it one is kept. So an
 * id is remembered for at least the retention and at most twice that, whatever the speed of
 * reading. Times in milliseconds.
 *
 * <p>When a generation has half of the ids that are allowed, the next one begins at once: memory
 * has a bound whatever is sent.
 *
 * <p>Not for several threads.
 */
final class PartitionIds {

  /** Of the binary form; another one is refused. */
  private static final byte VERSION = 1;

  private static final int HEADER_BYTES = Byte.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private final long retention;
  private final int generationSize;

  private long lastOffset = -1;
  private long progress = Long.MIN_VALUE;
  private long spanEnd = Long.MIN_VALUE;
  private IdSet previous = new IdSet();
  private IdSet current = new IdSet();
  private int earlyRotations;

  PartitionIds(long retention, int maxIds) {
    this.retention = retention;
    this.generationSize = Math.max(1, maxIds / 2);
  }

  /** Notes that a valid event was read: all of them count, also those without an id. */
  void advance(long offset, long eventTime) {
    lastOffset = offset;
    if (eventTime > progress) {
      progress = eventTime;
      if (eventTime >= spanEnd) {
        beginSpan(eventTime);
      }
    }
  }

  private void beginSpan(long eventTime) {
    long start = eventTime - Math.floorMod(eventTime, retention);
    rotate(start == spanEnd);
    spanEnd = start + retention;
  }

  /** The next generation gets the room that this one needed. */
  private void rotate(boolean keepCurrent) {
    previous = keepCurrent ? current : new IdSet();
    current = new IdSet(current.size());
  }

  /** Remembers an id; returns false if it is remembered already. */
  boolean addIfNew(Fingerprint id) {
    if (previous.contains(id.high(), id.low())) {
      return false;
    }
    if (current.size() >= generationSize) {
      if (current.contains(id.high(), id.low())) {
        return false;
      }
      rotate(true);
      earlyRotations++;
    }
    return current.add(id.high(), id.low());
  }

  int size() {
    return previous.size() + current.size();
  }

  /** How often a generation was full before its time since this object was made. */
  int earlyRotations() {
    return earlyRotations;
  }

  byte[] save(int partition) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + previous.bytes() + current.bytes());
    out.put(VERSION).putInt(partition).putLong(lastOffset).putLong(progress);
    previous.write(out);
    current.write(out);
    return out.array();
  }

  /** What {@link #save} has made, with the retention and limit of today. */
  PartitionIds restore(Saved saved) {
    ByteBuffer in = saved.form.duplicate().position(HEADER_BYTES);
    lastOffset = saved.lastOffset;
    progress = saved.progress;
    spanEnd = progress - Math.floorMod(progress, retention) + retention;
    previous = IdSet.read(in);
    current = IdSet.read(in);
    return this;
  }

  /**
   * The saved ids of a partition, still packed.
   *
   * @param lastOffset of the last valid event that they know of
   * @param form the whole array that was saved
   */
  record Saved(int partition, long lastOffset, long progress, ByteBuffer form) {

    static Saved of(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalStateException(
            "The saved ids of the deduplication have the form %d, this build reads %d. The checkpoint was written by a newer release: run that one"
                .formatted(version, VERSION));
      }
      return new Saved(in.getInt(), in.getLong(), in.getLong(), in);
    }
  }
}
