package io.medallion.job.testing;

import io.medallion.job.testing.EventHub.SentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What gold and late must hold for windows of one size, worked out in the plainest way. */
public final class ExpectedWindows {

  private final long size;
  private final long outOfOrderness;
  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Map<Integer, Long> maxEventTimes = new HashMap<>();
  private final Map<String, List<Counted>> windows = new TreeMap<>();
  private final List<String> late = new ArrayList<>();
  private long closedByDrain = Long.MIN_VALUE;
  private long lastWindowEnd = Long.MIN_VALUE;

  private record Counted(String station, long windowEnd, SentEvent event, long offset) {

    static final Comparator<Counted> ORDER =
        Comparator.<Counted>comparingLong(counted -> counted.event.eventTime())
            .thenComparingInt(counted -> counted.event.partition())
            .thenComparingLong(Counted::offset);

    double temperature() {
      return Double.parseDouble(event.body().replaceFirst(".*temperature\": ([^,]+),.*", "$1"));
    }
  }

  public ExpectedWindows(Duration size, Duration outOfOrderness) {
    this.size = size.toMillis();
    this.outOfOrderness = outOfOrderness.toMillis();
  }

  /** Reads valid events that are no copies. */
  public ExpectedWindows read(List<SentEvent> events) {
    events.forEach(this::read);
    return this;
  }

  /** The end of the input closes every window that had an event, and those before. */
  public ExpectedWindows drained() {
    closedByDrain = lastWindowEnd;
    return this;
  }

  private void read(SentEvent event) {
    long offset = offsets.merge(event.partition(), 1L, Long::sum) - 1;
    long windowEnd = event.eventTime() / size * size + size;
    lastWindowEnd = Math.max(lastWindowEnd, windowEnd);
    Long max = maxEventTimes.get(event.partition());
    long horizon = max == null ? Long.MIN_VALUE : max - outOfOrderness;
    maxEventTimes.merge(event.partition(), event.eventTime(), Math::max);
    if (windowEnd <= closedByDrain || windowEnd <= horizon) {
      late.add(
          "%d/%d %s %s %d"
              .formatted(
                  event.partition(),
                  offset,
                  Instant.ofEpochMilli(windowEnd - size),
                  Instant.ofEpochMilli(windowEnd),
                  Math.max(horizon, closedByDrain) - windowEnd));
      return;
    }
    windows
        .computeIfAbsent(event.key() + " " + windowEnd, unused -> new ArrayList<>())
        .add(new Counted(event.key(), windowEnd, event, offset));
  }

  /** Place, window and lateness of each late event. */
  public List<String> late() {
    return late;
  }

  /** Station, window end and number of events on time. */
  public List<String> byStation() {
    return byStationFrom(Long.MIN_VALUE);
  }

  /** The same, of windows that begin there or later. */
  public List<String> byStationFrom(long start) {
    return windows.values().stream()
        .filter(events -> events.get(0).windowEnd - size >= start)
        .map(events -> window(events) + " " + events.size())
        .toList();
  }

  /** Window end and number of events on time. */
  public List<String> total() {
    Map<Long, Integer> total = new TreeMap<>();
    windows
        .values()
        .forEach(events -> total.merge(events.get(0).windowEnd, events.size(), Integer::sum));
    return total.entrySet().stream()
        .map(entry -> Instant.ofEpochMilli(entry.getKey()) + " " + entry.getValue())
        .toList();
  }

  /** Station, window end, first and last temperature and conditions. */
  public List<String> picks() {
    return windows.values().stream()
        .map(
            events -> {
              List<Counted> sorted = events.stream().sorted(Counted.ORDER).toList();
              return "%s %s %s Sunny"
                  .formatted(
                      window(events),
                      sorted.get(0).temperature(),
                      sorted.get(sorted.size() - 1).temperature());
            })
        .toList();
  }

  private static String window(List<Counted> events) {
    return events.get(0).station + " " + Instant.ofEpochMilli(events.get(0).windowEnd);
  }
}
