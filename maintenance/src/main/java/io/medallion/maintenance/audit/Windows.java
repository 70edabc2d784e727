package io.medallion.maintenance.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What on-time events say, by window and group, of windows that the audit has not come to yet.
 * Tumbling windows of one size, aligned to 1970; times in microseconds.
 */
final class Windows {

  private final long size;
  private final Measures measures;
  private final NavigableMap<Long, Map<String, WindowValues>> byStart = new TreeMap<>();

  Windows(long size, Measures measures) {
    this.size = size;
    this.measures = measures;
  }

  long size() {
    return size;
  }

  long startOf(long eventTime) {
    return eventTime - Math.floorMod(eventTime, size);
  }

  long endOf(long eventTime) {
    return startOf(eventTime) + size;
  }

  /** Whether these are the start and the end of one of the windows. */
  boolean areWindow(long start, long end) {
    return end - start == size && startOf(start) == start;
  }

  WindowValues of(long eventTime, String group) {
    return byStart
        .computeIfAbsent(startOf(eventTime), start -> new HashMap<>())
        .computeIfAbsent(group, name -> empty());
  }

  /** Of no events yet, to put groups together. */
  WindowValues empty() {
    return new WindowValues(measures);
  }

  /** Takes out the windows that end no later, by their start. */
  NavigableMap<Long, Map<String, WindowValues>> takeEndingBy(long time) {
    NavigableMap<Long, Map<String, WindowValues>> endedBy = byStart.headMap(time - size, true);
    NavigableMap<Long, Map<String, WindowValues>> taken = new TreeMap<>(endedBy);
    endedBy.clear();
    return taken;
  }
}
