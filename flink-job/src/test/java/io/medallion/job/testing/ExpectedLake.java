package io.medallion.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.testing.EventHub.SentEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the tables must hold after all that was sent, worked out by the rules of the design in the
 * plainest way: one partition after the other, from its first record to its last. Ids are
 * remembered for ever: no test sends more than the job remembers.
 */
public final class ExpectedLake {

  private final long windowSize;
  private final long outOfOrderness;

  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Map<Integer, Long> maxEventTimes = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> bronze = new ArrayList<>();
  private final List<String> silver = new ArrayList<>();
  private final List<String> quarantine = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private final Map<String, Long> byStation = new TreeMap<>();
  private final Map<String, Long> summary = new TreeMap<>();
  private long closedByDrain = Long.MIN_VALUE;
  private long lastWindowEnd = Long.MIN_VALUE;

  public ExpectedLake(Duration windowSize, Duration outOfOrderness) {
    this.windowSize = windowSize.toMillis();
    this.outOfOrderness = outOfOrderness.toMillis();
  }

  public ExpectedLake read(List<SentEvent> events) {
    events.forEach(this::read);
    return this;
  }

  /** The end of the input closes every window that had an event, and those before. */
  public ExpectedLake drained() {
    closedByDrain = lastWindowEnd;
    return this;
  }

  private void read(SentEvent event) {
    long offset = offsets.merge(event.partition(), 1L, Long::sum) - 1;
    String place = event.partition() + "/" + offset;
    bronze.add(place + " " + event.body());
    if (!event.isValid()) {
      quarantine.add(place);
      return;
    }
    boolean duplicate =
        event.eventId() != null
            && !ids.add(event.partition() + " " + event.key() + " " + event.eventId());
    if (!duplicate) {
      silver.add(place + " " + event.key());
    }
    long windowEnd = event.eventTime() / windowSize * windowSize + windowSize;
    lastWindowEnd = Math.max(lastWindowEnd, windowEnd);
    Long max = maxEventTimes.get(event.partition());
    if (windowEnd <= closedByDrain || (max != null && windowEnd <= max - outOfOrderness)) {
      if (!duplicate) {
        late.add(place + " " + Instant.ofEpochMilli(windowEnd));
      }
      return;
    }
    maxEventTimes.merge(event.partition(), event.eventTime(), Math::max);
    if (duplicate) {
      return;
    }
    byStation.merge(event.key() + " " + Instant.ofEpochMilli(windowEnd), 1L, Long::sum);
    summary.merge(Instant.ofEpochMilli(windowEnd).toString(), 1L, Long::sum);
  }

  public int lateCount() {
    return late.size();
  }

  public int duplicateCount() {
    return bronze.size() - silver.size() - quarantine.size();
  }

  /** Checks all tables of the lake, row by row. */
  public void assertEquals(String lake) {
    assertThat(rows(lake, "bronze", row -> place(row) + " " + text(row, "body")))
        .as("bronze")
        .containsExactlyInAnyOrderElementsOf(bronze);
    assertThat(rows(lake, "quarantine", ExpectedLake::place))
        .as("quarantine")
        .containsExactlyInAnyOrderElementsOf(quarantine);
    assertThat(rows(lake, "silver", row -> place(row) + " " + row.get("stationId")))
        .as("silver")
        .containsExactlyInAnyOrderElementsOf(silver);
    assertThat(rows(lake, "late", row -> place(row) + " " + row.get("windowEnd")))
        .as("late")
        .containsExactlyInAnyOrderElementsOf(late);
    assertThat(
            rows(
                lake,
                "gold/weather_by_station",
                row -> row.get("stationId") + " " + row.get("windowEnd") + " " + count(row)))
        .as("gold by station")
        .containsExactlyInAnyOrderElementsOf(counted(byStation));
    assertThat(rows(lake, "gold/weather_summary", row -> row.get("windowEnd") + " " + count(row)))
        .as("gold summary")
        .containsExactlyInAnyOrderElementsOf(counted(summary));
  }

  private static List<String> rows(
      String lake, String table, Function<Map<String, Object>, String> line) {
    return new DeltaTable(lake + "/" + table)
        .rows().stream().map(line).collect(Collectors.toList());
  }

  private static List<String> counted(Map<String, Long> counts) {
    return counts.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  private static String place(Map<String, Object> row) {
    return row.get("partition") + "/" + row.get("offset");
  }

  private static String text(Map<String, Object> row, String column) {
    return new String((byte[]) row.get(column), StandardCharsets.UTF_8);
  }

  private static Object count(Map<String, Object> row) {
    return row.get("eventCount");
  }
}
