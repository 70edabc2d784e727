package io.medallion.job.dedup;

/**
 * The {@link Fingerprint}s of a partition by hash, each with the generation that it belongs to:
 * open addressing with linear probing, 17 bytes a place, at most 85 % full.
 *
 * <p>A generation is forgotten by a change of one number; what it held goes when its place is
 * needed. The table is cut into shards that grow one by one, so no event waits for more than a part
 * of it.
 *
 * <p>Not for several threads.
 */
final class IdTable {

  /** What a table knows of a fingerprint. */
  enum Seen {
    /** Neither it nor another one with its id. */
    NOTHING,
    /** The same one; or its id, of an event whose time is not known. */
    SAME,
    /** Others with its id, all of earlier generations than the newest. */
    OTHER,
    /** Others with its id, and one is of the newest generation. */
    OTHER_IN_NEWEST
  }

  private static final int SHARDS = 512;

  /** A shard is looked through for what is forgotten every so many generations at least. */
  private static final int ROUNDS = 64;

  private static final int SMALLEST = 8;
  private static final double FULLEST = 0.85;

  /** A shard that is fuller than this without what was forgotten gets more places. */
  private static final double FULL = 0.7;

  private static final double EMPTY = 0.25;
  private static final double USUAL = 0.62;

  private final Shard[] shards = new Shard[SHARDS];
  private final int expected;

  /** Those from {@link #oldest} to {@link #newest} are remembered: far fewer than 100. */
  private long oldest;

  private long newest;

  /** For this many fingerprints at first. */
  IdTable(int expected) {
    this.expected = expected / SHARDS;
  }

  /**
   * Forgets what is older, and adds to another generation from now on.
   *
   * @param oldest number of the oldest generation that is remembered
   * @param newest number of the one that is added to; no more than one greater than before
   */
  void remember(long oldest, long newest) {
    this.oldest = oldest;
    this.newest = newest;
    // The number that a place notes begins anew after 256: nothing forgotten may stay that long.
    for (int index = (int) (newest % ROUNDS); index < SHARDS; index += ROUNDS) {
      if (shards[index] != null) {
        shards[index].rebuild();
      }
    }
  }

  Seen look(long high, long low) {
    Shard shard = shards[(int) high & (SHARDS - 1)];
    return shard == null ? Seen.NOTHING : shard.look(high, low);
  }

  /** Adds to the newest generation what is not in the table. */
  void add(long high, long low) {
    add(high, low, newest);
  }

  /** Adds to a generation that is remembered. */
  void add(long high, long low, long generation) {
    int index = (int) high & (SHARDS - 1);
    if (shards[index] == null) {
      shards[index] = new Shard((int) Math.max(SMALLEST, expected / USUAL));
    }
    shards[index].add(high, low, (byte) generation);
  }

  private boolean isRemembered(byte generation) {
    return (((int) newest - generation) & 0xff) <= newest - oldest;
  }

  private final class Shard {

    /** Two longs a place; an empty one has two zeros. */
    private long[] ids;

    /** The last eight bits of the generation's number. */
    private byte[] generations;

    /** With those that are forgotten and still have a place. */
    private int size;

    Shard(int places) {
      allocate(places);
    }

    private void allocate(int places) {
      ids = new long[2 * places];
      generations = new byte[places];
      size = 0;
    }

    Seen look(long high, long low) {
      Seen seen = Seen.NOTHING;
      int place = firstPlace(high);
      while (!isEmpty(place)) {
        if (ids[2 * place] == high && isRemembered(generations[place])) {
          long other = ids[2 * place + 1];
          if (other == low || other == (low & Fingerprint.ID_BITS)) {
            return Seen.SAME;
          }
          if (((other ^ low) & Fingerprint.ID_BITS) == 0 && seen != Seen.OTHER_IN_NEWEST) {
            seen = generations[place] == (byte) newest ? Seen.OTHER_IN_NEWEST : Seen.OTHER;
          }
        }
        place = next(place);
      }
      return seen;
    }

    void add(long high, long low, byte generation) {
      if (size >= FULLEST * generations.length) {
        rebuild();
      }
      put(high, low, generation);
    }

    private void put(long high, long low, byte generation) {
      int place = firstPlace(high);
      while (!isEmpty(place)) {
        place = next(place);
      }
      ids[2 * place] = high;
      ids[2 * place + 1] = low;
      generations[place] = generation;
      size++;
    }

    /** Lets go of what is forgotten, and takes on the size that fits the rest. */
    void rebuild() {
      long[] oldIds = ids;
      byte[] oldGenerations = generations;
      boolean[] stays = new boolean[oldGenerations.length];
      int remembered = 0;
      for (int place = 0; place < stays.length; place++) {
        stays[place] = !isEmpty(place) && isRemembered(oldGenerations[place]);
        remembered += stays[place] ? 1 : 0;
      }
      int places = stays.length;
      if (remembered > FULL * places || remembered < EMPTY * places) {
        places = (int) Math.max(SMALLEST, remembered / USUAL);
      }
      allocate(places);
      for (int place = 0; place < stays.length; place++) {
        if (stays[place]) {
          put(oldIds[2 * place], oldIds[2 * place + 1], oldGenerations[place]);
        }
      }
    }

    private boolean isEmpty(int place) {
      return (ids[2 * place] | ids[2 * place + 1]) == 0;
    }

    private int firstPlace(long high) {
      return (int) (((high >>> 32) * generations.length) >>> 32);
    }

    private int next(int place) {
      return place + 1 == generations.length ? 0 : place + 1;
    }
  }
}
