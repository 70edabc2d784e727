package io.medallion.maintenance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldState;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.job.hub.GapTable;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lake of the weather with all tables, as the job would have written it in some days, one commit
 * a day and table, with windows of an hour. On each day there are, in each of two partitions:
 *
 * <ul>
 *   <li>events of the first hour, of noon and of the last hour, which arrive the day after;
 *   <li>one that comes late for noon; and one that is invalid for its humidity of 104;
 *   <li>one without a time shortly before midnight, and a copy of it after midnight.
 * </ul>
 */
public final class DayLake {

  public static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  public static final int DAYS = 4;
  public static final int PARTITIONS = 2;

  /** Rows of silver of a day. */
  public static final int SILVER_A_DAY = PARTITIONS * 8;

  /** Noon of the day after the last. */
  public static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long HOUR_MILLIS = HOUR.toMillis();
  private static final Contract CONTRACT = ContractReader.standard();
  private static final Rules RULES = Rules.of(CONTRACT);
  private static final TumblingWindows WINDOWS = new TumblingWindows(HOUR_MILLIS);

  private final SmallLake lake;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<Long, Map<String, WindowAggregate>> windows = new TreeMap<>();

  /** What becomes of an event. */
  private enum Kind {
    ON_TIME,
    LATE,
    COPY
  }

  private record Sent(int partition, long enqueued, Kind kind, String body) {}

  private DayLake(SmallLake lake) {
    this.lake = lake;
  }

  /** Writes one. */
  public static SmallLake write(Path folder) throws Exception {
    SmallLake lake = new SmallLake(folder);
    new DayLake(lake).write();
    return lake;
  }

  private void write() throws Exception {
    for (int day = 0; day < DAYS; day++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        send(partition, millis(FIRST.plusDays(day)));
      }
    }
    sent.sort(Comparator.comparingLong(Sent::enqueued));
    long[] offsets = new long[PARTITIONS];
    for (int day = 0; day <= DAYS; day++) {
      commit(millis(FIRST.plusDays(day)), offsets);
    }
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private void send(int partition, long day) {
    long nextDay = day + 24 * HOUR_MILLIS;
    for (int i = 0; i < 2; i++) {
      String station = "st-%d-%d".formatted(partition, i);
      send(partition, day + 60_000, Kind.ON_TIME, timed(station, day + 1_000 + i));
      send(partition, day + 12 * HOUR_MILLIS, Kind.ON_TIME, timed(station, day + 12 * HOUR_MILLIS));
      send(partition, nextDay + 30_000, Kind.ON_TIME, timed(station, nextDay - 60_000));
    }
    send(
        partition,
        day + 15 * HOUR_MILLIS,
        Kind.LATE,
        timed("st-%d-0".formatted(partition), day + 12 * HOUR_MILLIS + 5));
    send(
        partition,
        day + 16 * HOUR_MILLIS,
        Kind.ON_TIME,
        body("\"st-x\"", ",\"eventTime\":%d".formatted(day + 16 * HOUR_MILLIS), 104));
    String timeless =
        body("\"st-%d-0\"".formatted(partition), ",\"eventId\":\"m%d\"".formatted(day), 60);
    send(partition, nextDay - 10_000, Kind.ON_TIME, timeless);
    send(partition, nextDay + 5_000, Kind.COPY, timeless);
  }

  private void send(int partition, long enqueued, Kind kind, String body) {
    sent.add(new Sent(partition, enqueued, kind, body));
  }

  private static String timed(String station, long eventTime) {
    return body("\"%s\"".formatted(station), ",\"eventTime\":%d".formatted(eventTime), 60);
  }

  private static String body(String station, String more, int humidity) {
    return String.format(
        Locale.ROOT,
        "{\"temperature\":20,\"humidity\":%d,\"windSpeed\":0,\"windDirection\":\"NW\","
            + "\"precipitation\":0,\"conditions\":\"Clear\",\"stationId\":%s%s}",
        humidity,
        station,
        more);
  }

  /** What arrived on a day, and the windows that ended by its end and are not in gold yet. */
  private void commit(long day, long[] offsets) throws Exception {
    List<EventRecord> bronze = new ArrayList<>();
    List<EventRecord> silver = new ArrayList<>();
    List<EventRecord> quarantine = new ArrayList<>();
    List<EventRecord> late = new ArrayList<>();
    for (Sent record : sent) {
      if (record.enqueued() >= day && record.enqueued() < day + 24 * HOUR_MILLIS) {
        EventRecord event = decoded(record, offsets[record.partition()]++);
        bronze.add(event);
        if (!event.isValid()) {
          quarantine.add(event);
        } else if (record.kind() != Kind.COPY) {
          silver.add(event);
          if (record.kind() == Kind.LATE) {
            event.latenessMillis = 1;
            late.add(event);
          } else {
            count(event);
          }
        }
      }
    }
    List<GoldState> byStation = new ArrayList<>();
    List<GoldState> summary = new ArrayList<>();
    windows.values().removeIf(window -> take(window, day, byStation, summary));
    lake.write(BronzeTable.table(), bronze);
    lake.write(SilverTable.table(CONTRACT), silver);
    lake.write(QuarantineTable.table(RULES), quarantine);
    lake.write(LateTable.table(CONTRACT, WINDOWS), late);
    lake.write(GapTable.table(), List.of());
    lake.write(GoldTableEncoder.table(CONTRACT, 0), byStation);
    lake.write(GoldTableEncoder.table(CONTRACT, 1), summary);
  }

  private static EventRecord decoded(Sent record, long offset) {
    EventRecord event = new EventRecord();
    event.eventHub = new Text("weather");
    event.partition = record.partition();
    event.offset = offset;
    event.enqueuedTime = record.enqueued();
    event.processedTime = record.enqueued() + 1;
    event.body = record.body().getBytes(UTF_8);
    RecordDecoder.of(RULES).decode(event, event.processedTime, decoded -> {});
    return event;
  }

  private void count(EventRecord event) {
    long start = WINDOWS.startOf(event.eventTime);
    WindowAggregate window =
        windows
            .computeIfAbsent(start, unused -> new TreeMap<>())
            .computeIfAbsent(event.group.value, station -> window(station, start));
    add(window, 1);
  }

  private static WindowAggregate window(String station, long start) {
    WindowAggregate window = new WindowAggregate();
    window.stationId = station;
    window.windowStart = start;
    window.windowEnd = start + HOUR_MILLIS;
    return window;
  }

  private static void add(WindowAggregate window, long events) {
    window.eventCount += events;
    window.temperatureSum += events * 20_000_000;
    window.humiditySum += events * 60_000_000;
    window.minTemperature = 20;
    window.maxTemperature = 20;
    window.minHumidity = 60;
    window.maxHumidity = 60;
    window.minWindSpeed = 0;
    window.maxWindSpeed = 0;
    window.conditions.merge("Clear", events, Long::sum);
  }

  private static boolean take(
      Map<String, WindowAggregate> window,
      long day,
      List<GoldState> byStation,
      List<GoldState> summary) {
    WindowAggregate first = window.values().iterator().next();
    if (first.windowEnd > day + HOUR_MILLIS * 23) {
      return false;
    }
    WindowAggregate all = window(null, first.windowStart);
    for (WindowAggregate station : window.values()) {
      add(all, station.eventCount);
      all.stationCount++;
    }
    byStation.addAll(window.values());
    summary.add(all);
    return true;
  }
}
