package io.medallion.dashboard.view;

import java.util.Arrays;

/**
 * The last {@value #BUCKETS} buckets of one width: a ring that takes windows in any order, and
 * drops those that are too old for it. Windows of one bucket are combined: averages by their number
 * of events, extremes and totals as they are.
 *
 * <p>About 37 KB, whatever comes.
 */
final class Level {

  static final int BUCKETS = 720;

  private static final int TEMPERATURE = 0;
  private static final int MIN_TEMPERATURE = 1;
  private static final int MAX_TEMPERATURE = 2;
  private static final int HUMIDITY = 3;
  private static final int WIND_SPEED = 4;
  private static final int MAX_WIND_SPEED = 5;
  private static final int PRECIPITATION = 6;
  private static final int WIND_EAST = 7;
  private static final int WIND_NORTH = 8;
  private static final int FIELDS = 9;

  private static final long EMPTY = Long.MIN_VALUE;

  private final long width;
  private final long[] bucket = new long[BUCKETS];
  private final long[] events = new long[BUCKETS];
  private final float[] values = new float[BUCKETS * FIELDS];
  private long newest = EMPTY;

  /**
   * @param width of a bucket, seconds
   */
  Level(long width) {
    this.width = width;
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
    int at = slot * FIELDS;
    events[slot] = window.events();
    values[at + TEMPERATURE] = (float) window.temperature();
    values[at + MIN_TEMPERATURE] = (float) window.minTemperature();
    values[at + MAX_TEMPERATURE] = (float) window.maxTemperature();
    values[at + HUMIDITY] = (float) window.humidity();
    values[at + WIND_SPEED] = (float) window.windSpeed();
    values[at + MAX_WIND_SPEED] = (float) window.maxWindSpeed();
    values[at + PRECIPITATION] = (float) window.precipitation();
    values[at + WIND_EAST] = (float) window.windEast();
    values[at + WIND_NORTH] = (float) window.windNorth();
  }

  private void combine(int slot, Reading window) {
    int at = slot * FIELDS;
    long total = events[slot] + window.events();
    double share = total == 0 ? 0 : (double) window.events() / total;
    events[slot] = total;
    blend(at + TEMPERATURE, window.temperature(), share);
    values[at + MIN_TEMPERATURE] =
        (float) Math.min(values[at + MIN_TEMPERATURE], window.minTemperature());
    values[at + MAX_TEMPERATURE] =
        (float) Math.max(values[at + MAX_TEMPERATURE], window.maxTemperature());
    blend(at + HUMIDITY, window.humidity(), share);
    blend(at + WIND_SPEED, window.windSpeed(), share);
    values[at + MAX_WIND_SPEED] =
        (float) Math.max(values[at + MAX_WIND_SPEED], window.maxWindSpeed());
    values[at + PRECIPITATION] += (float) window.precipitation();
    blend(at + WIND_EAST, window.windEast(), share);
    blend(at + WIND_NORTH, window.windNorth(), share);
  }

  private void blend(int index, double value, double share) {
    values[index] += (float) ((value - values[index]) * share);
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
    int at = slot * FIELDS;
    return new Reading(
        bucket[slot] * width,
        events[slot],
        values[at + TEMPERATURE],
        values[at + MIN_TEMPERATURE],
        values[at + MAX_TEMPERATURE],
        values[at + HUMIDITY],
        values[at + WIND_SPEED],
        values[at + MAX_WIND_SPEED],
        values[at + PRECIPITATION],
        values[at + WIND_EAST],
        values[at + WIND_NORTH]);
  }

  private static int slot(long number) {
    return (int) Math.floorMod(number, (long) BUCKETS);
  }

  /** Takes one bucket after the other. */
  interface ReadingConsumer {
    void accept(Reading reading);
  }
}
