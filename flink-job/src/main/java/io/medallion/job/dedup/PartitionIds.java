package io.medallion.job.dedup;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.dedup.IdTable.Seen;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The ids that are remembered of one partition, in generations.
 *
 * <p>Its clock is the partition's progress, the greatest event time in it so far, cut into spans of
 * an eighth of the retention: the new ids of a span make a generation. It is forgotten when a span
 * begins a retention after its end. So an id is remembered for at least the retention and at most a
 * quarter more, whatever the speed of reading. Times in milliseconds.
 *
 * <p>When a generation has an eighth of the ids that are allowed, the next one begins at once, and
 * the oldest are forgotten if there is no room for it: memory has a bound whatever is sent.
 *
 * <p>What is new goes into {@link Segments} when a segment is full and when the state is saved: a
 * checkpoint costs what came since the last one.
 *
 * <p>Not for several threads.
 */
final class PartitionIds {

  /** What an event is to those before it. */
  enum Verdict {
    /** Nothing before it has its id. */
    NEW,
    /** The same event came before. */
    COPY,
    /** Another event with its id came before. */
    CONFLICT
  }

  private static final int GENERATIONS = 8;
  private static final int ID_BYTES = 2 * Long.BYTES;
  private static final int SEGMENT_BYTES = 1 << 16;

  private final long retention;
  private final long span;
  private final int maxIds;
  private final int maxIdsOfGeneration;
  private final Segments segments;

  private long progress = Long.MIN_VALUE;

  /** The newest last; never empty once there was an event. */
  private final Deque<Generation> generations = new ArrayDeque<>();

  private IdTable table = new IdTable(0);

  /** Of all generations. */
  private int size;

  /** Of the newest generation, not in a segment yet. */
  private ByteBuffer unsaved = ByteBuffer.allocate(0);

  private int earlyRotations;

  PartitionIds(DeduplicationConfig config, Segments segments) {
    this.retention = config.retention().toMillis();
    this.span = (retention + GENERATIONS - 1) / GENERATIONS;
    this.maxIds = config.maxIds();
    this.maxIdsOfGeneration = Math.max(1, maxIds / GENERATIONS);
    this.segments = segments;
  }

  /** Notes that a valid event was read: all of them count, also those without an id. */
  void advance(long eventTime) throws Exception {
    if (eventTime <= progress) {
      return;
    }
    progress = eventTime;
    if (generations.isEmpty() || eventTime >= generations.getLast().end) {
      begin(eventTime - Math.floorMod(eventTime, span) + span);
      while (generations.getFirst().end <= generations.getLast().end - span - retention) {
        forgetOldest();
      }
      table.remember(generations.getFirst().number, generations.getLast().number);
    }
  }

  /** Judges an event with an id, and remembers it unless it is a copy. */
  Verdict judge(Fingerprint event) throws Exception {
    Seen seen = table.look(event.high(), event.low());
    if (seen == Seen.SAME) {
      return Verdict.COPY;
    }
    if (seen == Seen.NOTHING) {
      beginEarlyIfFull();
      add(event.high(), event.low());
      return Verdict.NEW;
    }
    if (table.look(event.mixedHigh(), event.mixedLow()) == Seen.SAME) {
      return Verdict.COPY;
    }
    // One event of an id and generation stands for its id, so that no search is a long one.
    if (beginEarlyIfFull() || seen == Seen.OTHER) {
      add(event.high(), event.low());
    } else {
      add(event.mixedHigh(), event.mixedLow());
    }
    return Verdict.CONFLICT;
  }

  private void add(long high, long low) throws Exception {
    table.add(high, low);
    generations.getLast().ids++;
    size++;
    if (unsaved.remaining() < ID_BYTES) {
      makeRoom();
    }
    unsaved.putLong(high).putLong(low);
  }

  private void makeRoom() throws Exception {
    if (unsaved.capacity() == SEGMENT_BYTES) {
      saveSegment();
    } else {
      int bytes = Math.min(SEGMENT_BYTES, Math.max(16 * ID_BYTES, 4 * unsaved.capacity()));
      unsaved = ByteBuffer.allocate(bytes).put(unsaved.flip());
    }
  }

  private boolean beginEarlyIfFull() throws Exception {
    if (generations.getLast().ids < maxIdsOfGeneration) {
      return false;
    }
    begin(generations.getLast().end);
    boolean full = false;
    while (size + maxIdsOfGeneration > maxIds && generations.size() > 1) {
      forgetOldest();
      full = true;
    }
    table.remember(generations.getFirst().number, generations.getLast().number);
    earlyRotations += full ? 1 : 0;
    return true;
  }

  private void begin(long end) throws Exception {
    saveSegment();
    long number = generations.isEmpty() ? 0 : generations.getLast().number + 1;
    generations.addLast(new Generation(number, end, 0, 0));
  }

  private void forgetOldest() throws Exception {
    Generation oldest = generations.removeFirst();
    size -= oldest.ids;
    for (int segment = 0; segment < oldest.segments; segment++) {
      segments.remove(oldest.number, segment);
    }
  }

  private void saveSegment() throws Exception {
    if (unsaved.position() > 0) {
      byte[] ids = new byte[unsaved.position()];
      unsaved.flip().get(ids).clear();
      Generation newest = generations.getLast();
      segments.write(newest.number, newest.segments++, ids);
    }
  }

  int size() {
    return size;
  }

  /** How often ids were forgotten before their time since this object was made. */
  int earlyRotations() {
    return earlyRotations;
  }

  /**
   * Puts what is new into segments.
   *
   * @param eventHub whose partition it is
   * @return what tells how to read the segments
   */
  SavedPartition save(String eventHub) throws Exception {
    saveSegment();
    return new SavedPartition(
        eventHub,
        progress,
        generations.stream()
            .map(g -> new SavedPartition.Generation(g.number, g.end, g.ids, g.segments))
            .toList());
  }

  /**
   * Takes over what {@link #save} has made, with the retention and the limit of today.
   *
   * @throws IllegalStateException if a segment is missing
   */
  void restore(SavedPartition saved) throws Exception {
    progress = saved.progress();
    size = saved.generations().stream().mapToInt(SavedPartition.Generation::ids).sum();
    table = new IdTable(size);
    for (SavedPartition.Generation g : saved.generations()) {
      generations.addLast(new Generation(g.number(), g.end(), g.ids(), g.segments()));
    }
    if (!generations.isEmpty()) {
      table.remember(generations.getFirst().number, generations.getLast().number);
      for (Generation generation : generations) {
        load(generation);
      }
    }
  }

  private void load(Generation generation) throws Exception {
    for (int segment = 0; segment < generation.segments; segment++) {
      byte[] ids = segments.read(generation.number, segment);
      if (ids == null) {
        throw new IllegalStateException(
            "The saved ids of the deduplication lack segment %d of generation %d: the checkpoint is damaged. Start from another one"
                .formatted(segment, generation.number));
      }
      for (ByteBuffer in = ByteBuffer.wrap(ids); in.hasRemaining(); ) {
        table.add(in.getLong(), in.getLong(), generation.number);
      }
    }
  }

  /** Takes over what an earlier release has saved as a whole. */
  void restore(EarlierIds saved) throws Exception {
    progress = saved.header().progress();
    restore(saved.previous(), progress - Math.floorMod(progress, retention));
    restore(saved.current(), progress + 1);
  }

  private void restore(List<long[]> ids, long end) throws Exception {
    begin(end);
    table.remember(generations.getFirst().number, generations.getLast().number);
    for (long[] id : ids) {
      if (table.look(id[0], id[1]) != Seen.SAME) {
        add(id[0], id[1]);
      }
    }
  }

  /** The ids of a span, or of a part of it. */
  private static final class Generation {

    private final long number;

    /** Of the span. */
    private final long end;

    private int ids;
    private int segments;

    Generation(long number, long end, int ids, int segments) {
      this.number = number;
      this.end = end;
      this.ids = ids;
      this.segments = segments;
    }
  }
}
