package io.medallion.job.dedup;

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
 * <p>A state of the first release knows station and id of an event, not its time: an event with an
 * id from there is taken for a copy, as it was then, until these ids have aged too.
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

  private final long retention;
  private final int generationSize;

  private long lastOffset = -1;
  private long progress = Long.MIN_VALUE;
  private long spanEnd = Long.MIN_VALUE;
  private IdSet previous = new IdSet();
  private IdSet current = new IdSet();

  /** Ids without times, of the first release. */
  private IdSet previousBare = new IdSet();

  private IdSet currentBare = new IdSet();
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
    previousBare = keepCurrent ? currentBare : new IdSet();
    currentBare = new IdSet();
  }

  /** Judges an event with an id, and remembers it unless it is a copy. */
  Verdict judge(Fingerprint event) {
    long inPrevious = previous.withIdOf(event);
    long inCurrent = current.withIdOf(event);
    if (inPrevious == event.low() || inCurrent == event.low() || isBare(event)) {
      return Verdict.COPY;
    }
    boolean conflict = inPrevious != 0 || inCurrent != 0;
    if (conflict && (isMixed(previous, event) || isMixed(current, event))) {
      return Verdict.COPY;
    }
    if (current.size() >= generationSize) {
      rotate(true);
      earlyRotations++;
      inCurrent = 0;
    }
    if (inCurrent == 0) {
      current.add(event.high(), event.low());
    } else {
      current.add(event.mixedHigh(), event.mixedLow());
    }
    return conflict ? Verdict.CONFLICT : Verdict.NEW;
  }

  private boolean isBare(Fingerprint event) {
    return (previousBare.size() > 0 && previousBare.contains(event.idHigh(), event.idLow()))
        || (currentBare.size() > 0 && currentBare.contains(event.idHigh(), event.idLow()));
  }

  private static boolean isMixed(IdSet ids, Fingerprint event) {
    return ids.contains(event.mixedHigh(), event.mixedLow());
  }

  int size() {
    return previous.size() + current.size() + previousBare.size() + currentBare.size();
  }

  /** How often a generation was full before its time since this object was made. */
  int earlyRotations() {
    return earlyRotations;
  }

  /**
   * The binary form, see {@link SavedIds}.
   *
   * @param eventHub whose partition it is
   */
  byte[] save(String eventHub, int partition) {
    return SavedIds.write(
        new SavedIds.Header(eventHub, partition, lastOffset, progress),
        previous,
        current,
        previousBare,
        currentBare);
  }

  /** Takes over what {@link #save} has made, with the retention and limit of today. */
  void restore(SavedIds saved) {
    lastOffset = saved.header().lastOffset();
    progress = saved.header().progress();
    spanEnd = progress - Math.floorMod(progress, retention) + retention;
    saved.read(
        (savedPrevious, savedCurrent, savedPreviousBare, savedCurrentBare) -> {
          previous = savedPrevious;
          current = savedCurrent;
          previousBare = savedPreviousBare;
          currentBare = savedCurrentBare;
        });
  }
}
