package io.medallion.maintenance.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The weather of on-time events, by window and station, for windows that the audit has not come to
 * yet. Tumbling windows of one size, aligned to 1970; times in microseconds.
 */
final class Windows {

  private final long size;
  private final NavigableMap<Long, Map<String, Weather>> byStart = new TreeMap<>();

  Windows(long size) {
    this.size = size;
  }

  long startOf(long eventTime) {
    return eventTime - Math.floorMod(eventTime, size);
  }

  long endOf(long eventTime) {
    return startOf(eventTime) + size;
  }

  Weather of(long eventTime, String station) {
    return byStart
        .computeIfAbsent(startOf(eventTime), start -> new HashMap<>())
        .computeIfAbsent(station, name -> new Weather());
  }

  /** Takes out the windows that end no later, by their start. */
  NavigableMap<Long, Map<String, Weather>> takeEndingBy(long time) {
    NavigableMap<Long, Map<String, Weather>> endedBy = byStart.headMap(time - size, true);
    NavigableMap<Long, Map<String, Weather>> taken = new TreeMap<>(endedBy);
    endedBy.clear();
    return taken;
  }
}
