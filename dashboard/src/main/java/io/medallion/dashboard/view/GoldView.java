package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table of gold: every key's newest window, and 30 days of windows in a few resolutions.
 *
 * <p>Bounded by a {@link MemoryBudget}: keys that there is no room for are left out, and their
 * windows counted. Thread-safe.
 */
public final class GoldView {

  private final GoldColumns columns;
  private final MemoryBudget memory;
  private final AtomicLong revisions;
  private final Map<String, Windows> keys = new TreeMap<>();
  private long[] widths = {};
  private long windowsLeftOut;
  private long oldestStart = Long.MAX_VALUE;
  private long revision;
  private boolean whole;

  /**
   * @param memory that the keys' windows are taken from
   * @param revisions counts up with each change of any table
   */
  GoldView(GoldColumns columns, MemoryBudget memory, AtomicLong revisions) {
    this.columns = columns;
    this.memory = memory;
    this.revisions = revisions;
  }

  private static final class Windows {
    final Series series;
    Optional<Current> current = Optional.empty();

    Windows(long[] widths, List<Combination> combinations) {
      series = new Series(widths, combinations);
    }
  }

  /** The time that gold tells of, and in which steps; all in seconds. */
  public record Span(
      long revision, long windowSeconds, long oldestStart, long newestEnd, long windowsLeftOut) {}

  /** A part of a series, and the width of its steps in seconds. */
  public record Part(long width, List<Reading> readings) {}

  /** A key and its newest window; without {@code by}, the key is empty. */
  public record Named(String key, Current current) {}

  public GoldColumns columns() {
    return columns;
  }

  synchronized void clear() {
    memory.give(keys.size() * columns.bytesOfKey(widths));
    keys.clear();
    windowsLeftOut = 0;
    widths = new long[0];
    oldestStart = Long.MAX_VALUE;
    whole = false;
    changed();
  }

  /** After this, a key that is not known is not in the table. */
  synchronized void readWhole() {
    whole = true;
    changed();
  }

  /** Takes a row of {@link GoldColumns}. */
  synchronized void add(RowCursor row) {
    Windows windows = windows(columns.key(row), row);
    if (windows == null) {
      windowsLeftOut++;
      return;
    }
    Reading reading = columns.reading(row);
    windows.series.add(reading);
    oldestStart = Math.min(oldestStart, reading.startSeconds());
    if (windows.current.isEmpty()
        || reading.startSeconds() >= windows.current.get().reading().startSeconds()) {
      windows.current =
          Optional.of(new Current(reading, GoldColumns.endSeconds(row), columns.words(row)));
    }
  }

  synchronized void changed() {
    revision = revisions.incrementAndGet();
  }

  /** Null for a key that there is no room for. */
  private Windows windows(String key, RowCursor row) {
    Windows known = keys.get(key);
    if (known != null) {
      return known;
    }
    if (widths.length == 0) {
      // The first window that comes says how long windows are.
      widths = Resolutions.of(GoldColumns.endSeconds(row) - GoldColumns.startSeconds(row));
    }
    if (!memory.take(columns.bytesOfKey(widths))) {
      return null;
    }
    Windows added = new Windows(widths, columns.combinations());
    keys.put(key, added);
    return added;
  }

  public synchronized Span span() {
    long newest = 0;
    for (Windows windows : keys.values()) {
      newest = Math.max(newest, windows.current.map(Current::endSeconds).orElse(0L));
    }
    return new Span(
        revision, widths.length == 0 ? 0 : widths[0], oldestStart, newest, windowsLeftOut);
  }

  /** By key. */
  public synchronized List<Named> current() {
    List<Named> named = new ArrayList<>(keys.size());
    keys.forEach(
        (key, windows) -> windows.current.ifPresent(now -> named.add(new Named(key, now))));
    return named;
  }

  public synchronized int keyCount() {
    return keys.size();
  }

  /**
   * A stretch of a key's windows, in the finest resolution that is kept of it and fits.
   *
   * @param key empty in a table over everything
   * @param from seconds since 1970, inclusive
   * @param to exclusive
   * @param points at most about so many
   * @return empty if there is no such key
   */
  public synchronized Optional<Part> part(String key, long from, long to, int points) {
    Windows known = keys.get(key);
    if (known == null) {
      return isMissing(key) ? Optional.empty() : Optional.of(new Part(0, List.of()));
    }
    Level level = known.series.level(from, to, points);
    List<Reading> readings = new ArrayList<>();
    level.read(from, to, readings::add);
    return Optional.of(new Part(level.width(), readings));
  }

  /** Not before the table has been read, and never for a table over everything. */
  private boolean isMissing(String key) {
    return whole && columns.table().by().isPresent() && !keys.containsKey(key);
  }

  /**
   * The wind of a stretch of time.
   *
   * @param key empty for all keys, each one's windows are counted then
   * @return empty if there is no such key, or no direction in the table
   */
  public synchronized Optional<WindRose> rose(Optional<String> key, long from, long to) {
    Optional<Measure> direction = columns.direction();
    if (direction.isEmpty() || key.filter(this::isMissing).isPresent()) {
      return Optional.empty();
    }
    Optional<Measure> speed = columns.speed(direction.get());
    WindRose rose = new WindRose(speed.map(Measure::unit).orElse(""));
    Map<String, Windows> chosen = new TreeMap<>(keys);
    key.ifPresent(one -> chosen.keySet().retainAll(Set.of(one)));
    for (Windows each : chosen.values()) {
      each.series
          .level(from, to, Level.BUCKETS)
          .read(
              from,
              to,
              reading ->
                  rose.add(
                      direction.get().of(reading),
                      speed.map(mean -> mean.of(reading)).orElse(Double.NaN)));
    }
    return Optional.of(rose);
  }
}
