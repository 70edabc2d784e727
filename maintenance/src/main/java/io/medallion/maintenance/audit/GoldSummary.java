package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;

/**
 * {@code weather_summary} has one row for each closed window, with the number of stations and
 * events that {@code weather_by_station} has. See {@link GoldCounts} on windows that are closing.
 */
final class GoldSummary {

  private final long closedUpTo;
  private final Findings findings =
      new Findings("gold-summary", "weather_summary is the sum of weather_by_station");
  private long windows;
  private long closing;
  private long events;

  /** The rows of one window in {@code weather_by_station}, added up. */
  static final class Stations {
    private long stations;
    private long events;
    private boolean hasSummary;

    void add(RowCursor row) {
      stations++;
      events += row.bigint(Gold.EVENT_COUNT);
    }
  }

  GoldSummary(long closedUpTo) {
    this.closedUpTo = closedUpTo;
  }

  /** A row of the summary. */
  void row(String place, RowCursor row, Stations expected) {
    windows++;
    events += row.bigint(Gold.EVENT_COUNT);
    if (expected.hasSummary) {
      findings.violation("%s is there more than once", place);
      return;
    }
    expected.hasSummary = true;
    if (row.bigint(Gold.STATION) != expected.stations
        || row.bigint(Gold.EVENT_COUNT) != expected.events) {
      findings.violation(
          "%s has stationCount %d and eventCount %d, weather_by_station %d stations and %d events",
          place,
          row.bigint(Gold.STATION),
          row.bigint(Gold.EVENT_COUNT),
          expected.stations,
          expected.events);
    }
  }

  /** After all rows of the window. */
  void end(String place, long windowEnd, Stations stations) {
    if (stations.hasSummary) {
      return;
    }
    if (windowEnd <= closedUpTo) {
      findings.violation(
          "%s has no row, but weather_by_station has %d stations of it", place, stations.stations);
    } else {
      closing++;
    }
  }

  CheckResult result() {
    findings.count("windows", windows);
    findings.count("closing", closing);
    findings.count("events", events);
    return findings.result();
  }
}
