package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.RowCursor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The weather in gold: every station's newest window, and 30 days of windows in a few resolutions.
 *
 * <p>Bounded: a station takes about 37 KB for each resolution, and beyond a number of stations that
 * fits into the memory it may take, further ones are only counted. Thread-safe.
 */
public final class GoldView {

  private static final long BYTES_PER_LEVEL = 37_500;

  private final Map<String, Station> stations = new TreeMap<>();
  private final long maxBytes;
  private Optional<Station> summary = Optional.empty();
  private long[] widths = {};
  private long windowsLeftOut;
  private long oldestStart = Long.MAX_VALUE;
  private long revision;

  /**
   * @param maxBytes of memory that the stations' windows may take
   */
  public GoldView(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  private static final class Station {
    final Series series;
    Optional<Current> current = Optional.empty();

    Station(long[] widths) {
      series = new Series(widths);
    }
  }

  /** The time that gold tells of, and in which steps; all in seconds. */
  public record Span(
      long revision, long windowSeconds, long oldestStart, long newestEnd, long windowsLeftOut) {}

  /** A part of a series, and the width of its steps in seconds. */
  public record Part(long width, List<Reading> readings) {}

  /** A station's name and its newest window. */
  public record Named(String station, Current current) {}

  synchronized void clear(boolean byStation) {
    if (byStation) {
      stations.clear();
      windowsLeftOut = 0;
    } else {
      summary = Optional.empty();
    }
    if (stations.isEmpty() && summary.isEmpty()) {
      widths = new long[0];
      oldestStart = Long.MAX_VALUE;
    }
    revision++;
  }

  /** Takes a row of {@link GoldColumns}. */
  synchronized void add(RowCursor row, boolean byStation) {
    Station station = byStation ? station(GoldColumns.station(row), row) : summary(row);
    if (station == null) {
      return;
    }
    Reading reading = GoldColumns.reading(row);
    station.series.add(reading);
    oldestStart = Math.min(oldestStart, reading.startSeconds());
    if (station.current.isEmpty()
        || reading.startSeconds() >= station.current.get().reading().startSeconds()) {
      station.current = Optional.of(GoldColumns.current(row, reading, byStation));
    }
  }

  synchronized void changed() {
    revision++;
  }

  /** Null for a station that there is no room for. */
  private Station station(String id, RowCursor row) {
    Station known = stations.get(id);
    if (known != null) {
      return known;
    }
    fixWidths(row);
    if (!hasRoom(stations.size(), widths.length)) {
      windowsLeftOut++;
      return null;
    }
    Station added = new Station(widths);
    stations.put(id, added);
    return added;
  }

  /** Whether there is room for one more station. */
  boolean hasRoom(int known, int levels) {
    return (known + 1L) * levels * BYTES_PER_LEVEL <= maxBytes;
  }

  private Station summary(RowCursor row) {
    if (summary.isEmpty()) {
      fixWidths(row);
      summary = Optional.of(new Station(widths));
    }
    return summary.get();
  }

  /** The first window that comes says how long windows are. */
  private void fixWidths(RowCursor row) {
    if (widths.length == 0) {
      widths = Resolutions.of(GoldColumns.windowSeconds(row));
    }
  }

  public synchronized Span span() {
    long newest = 0;
    for (Station station : stations.values()) {
      newest = Math.max(newest, station.current.map(Current::endSeconds).orElse(0L));
    }
    newest =
        Math.max(newest, summary.flatMap(all -> all.current).map(Current::endSeconds).orElse(0L));
    return new Span(
        revision, widths.length == 0 ? 0 : widths[0], oldestStart, newest, windowsLeftOut);
  }

  public synchronized Optional<Current> current() {
    return summary.flatMap(all -> all.current);
  }

  /** By name. */
  public synchronized List<Named> stations() {
    List<Named> named = new ArrayList<>(stations.size());
    stations.forEach(
        (id, station) -> station.current.ifPresent(now -> named.add(new Named(id, now))));
    return named;
  }

  public synchronized int stationCount() {
    return stations.size();
  }

  /**
   * A stretch of a station's windows, in the finest resolution that is kept of it and fits.
   *
   * @param station empty for all together
   * @param from seconds since 1970, inclusive
   * @param to exclusive
   * @param points at most about so many
   * @return empty if there is no such station
   */
  public synchronized Optional<Part> part(
      Optional<String> station, long from, long to, int points) {
    Optional<Station> found =
        station.isPresent() ? Optional.ofNullable(stations.get(station.get())) : summary;
    return found.map(
        known -> {
          Level level = known.series.level(from, to, points);
          List<Reading> readings = new ArrayList<>();
          level.read(from, to, readings::add);
          return new Part(level.width(), readings);
        });
  }

  /** As {@link #part}; of all stations, each one's windows are counted. */
  public synchronized Optional<WindRose> rose(Optional<String> station, long from, long to) {
    Collection<Station> of = stations.values();
    if (station.isPresent()) {
      Station one = stations.get(station.get());
      if (one == null) {
        return Optional.empty();
      }
      of = List.of(one);
    }
    WindRose rose = new WindRose();
    for (Station each : of) {
      each.series.level(from, to, Level.BUCKETS).read(from, to, rose::add);
    }
    return Optional.of(rose);
  }
}
