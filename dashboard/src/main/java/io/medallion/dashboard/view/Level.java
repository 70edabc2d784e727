package io.medallion.dashboard.view;

import java.util.Arrays;
import java.util.List;

/**
 * The last {@value #BUCKETS} buckets of one width: a ring that takes windows in any order, and
 * drops those that are too old for it. Windows of one bucket are combined: averages by their number
 * of events, extremes and totals as they are. Its size does not change.
 */
final class Level {

  static final int BUCKETS = 720;

  private static final long EMPTY = Long.MIN_VALUE;

  private final long width;
  private final long[] bucket = new long[BUCKETS];
  private final long[] events = new long[BUCKETS];
  private final float[] values;
  private final List<Combination> combinations;
  private long newest = EMPTY;

  /**
   * @param width of a bucket, seconds
   * @param combinations of the values, by slot
   */
  Level(long width, List<Combination> combinations) {
    this.width = width;
    this.combinations = combinations;
    values = new float[BUCKETS * combinations.size()];
    Arrays.fill(bucket, EMPTY);
  }

  long width() {
    return width;
  }

  void add(Reading window) {
    long number = Math.floorDiv(window.startSeconds(), width);
    if (newest != EMPTY && number <= newest - BUCKETS) {
      return;
    }
    newest = Math.max(newest, number);
    int slot = slot(number);
    if (bucket[slot] == number) {
      combine(slot, window);
    } else {
      bucket[slot] = number;
      put(slot, window);
    }
  }

  private void put(int slot, Reading window) {
    events[slot] = window.events();
    for (int i = 0; i < combinations.size(); i++) {
      values[slot * combinations.size() + i] = (float) window.value(i);
    }
  }

  private void combine(int slot, Reading window) {
    long total = events[slot] + window.events();
    double share = total == 0 ? 0 : (double) window.events() / total;
    events[slot] = total;
    for (int i = 0; i < combinations.size(); i++) {
      int at = slot * combinations.size() + i;
      values[at] = combinations.get(i).combine(values[at], (float) window.value(i), share);
    }
  }

  /** What one with so many values takes. */
  static long bytes(int slots) {
    return BUCKETS * (2L * Long.BYTES + (long) slots * Float.BYTES);
  }

  /** Whether the ring reaches back to this time, seconds since 1970. */
  boolean reaches(long seconds) {
    return newest == EMPTY || Math.floorDiv(seconds, width) > newest - BUCKETS;
  }

  /**
   * Hands on the buckets that begin in a range, in the order of time.
   *
   * @param from seconds since 1970, inclusive
   * @param to exclusive
   */
  void read(long from, long to, ReadingConsumer reader) {
    if (newest == EMPTY) {
      return;
    }
    long first = Math.max(Math.floorDiv(from + width - 1, width), newest - BUCKETS + 1);
    long last = Math.min(Math.floorDiv(to - 1, width), newest);
    for (long number = first; number <= last; number++) {
      int slot = slot(number);
      if (bucket[slot] == number) {
        reader.accept(reading(slot));
      }
    }
  }

  private Reading reading(int slot) {
    int at = slot * combinations.size();
    return new Reading(
        bucket[slot] * width,
        events[slot],
        Arrays.copyOfRange(values, at, at + combinations.size()));
  }

  private static int slot(long number) {
    return (int) Math.floorMod(number, (long) BUCKETS);
  }

  /** Takes one bucket after the other. */
  interface ReadingConsumer {
    void accept(Reading reading);
  }
}
