package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A late row is a row of silver, once, with the window that its event time falls in. What a redrive
 * added to silver is in late too, as no window of gold counts it. Windows of several sizes are
 * apart: an event has a row for each that it missed.
 */
final class LateRows {

  static final List<String> COLUMNS =
      List.of(
          "eventHub",
          "partition",
          "offset",
          "enqueuedTime",
          "eventTime",
          "windowStart",
          "windowEnd",
          "index");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int ENQUEUED_TIME = 3;
  private static final int EVENT_TIME = 4;
  private static final int WINDOW_START = 5;
  private static final int WINDOW_END = 6;
  private static final int INDEX = 7;

  private final TimeRange range;
  private final Partitions partitions;
  private final EventPlaces places;
  private final Expired removedFromSilver;
  private final Expired removed;

  /** By the windows' size, microseconds. */
  private final Map<Long, Offsets> all = new TreeMap<>();

  private final Offsets audited = new Offsets();
  private final Findings findings =
      new Findings("late-rows", "every row of late is a row of silver, once a size, in its window");
  private long rows;

  /**
   * @param removedFromSilver what it had and was old
   */
  LateRows(
      TimeRange range,
      Partitions partitions,
      EventPlaces places,
      Expired removedFromSilver,
      Expired removed) {
    this.removedFromSilver = removedFromSilver;
    this.removed = removed;
    this.range = range;
    this.partitions = partitions;
    this.places = places;
  }

  void row(RowCursor row) {
    Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
    long place = places.place(row, OFFSET, INDEX);
    long start = row.bigint(WINDOW_START);
    long end = row.bigint(WINDOW_END);
    boolean isNew = all.computeIfAbsent(end - start, size -> new Offsets()).add(partition, place);
    if (!range.contains(row.bigint(ENQUEUED_TIME))) {
      return;
    }
    rows++;
    if (!removedFromSilver.mayHaveHad(row.bigint(EVENT_TIME))) {
      audited.add(partition, place);
    }
    if (!isNew) {
      findings.violation("%s %s is twice in late", partition, places.text(place));
    }
    if (row.bigint(EVENT_TIME) < start || row.bigint(EVENT_TIME) >= end) {
      findings.violation(
          "%s %s: its event time %s is not in its window %s",
          partition,
          places.text(place),
          Micros.text(row.bigint(EVENT_TIME)),
          Micros.text(start, end));
    }
  }

  /** Takes a row of silver that a redrive added; the windows are of the size. */
  void redriven(Partition partition, long place, long eventTime, long windowSize) {
    if (!contains(partition, place, windowSize) && !removed.mayHaveHad(eventTime)) {
      findings.violation(
          "%s %s was added to silver by a redrive and is not in late: run the redrive again",
          partition, places.text(place));
    }
  }

  /** Whether the event at this place missed its window of a size, whatever the range. */
  boolean contains(Partition partition, long place, long windowSize) {
    Offsets ofSize = all.get(windowSize);
    return ofSize != null && ofSize.contains(partition, place);
  }

  /** The sizes of windows of which there are rows, microseconds. */
  Set<Long> windowSizes() {
    return all.keySet();
  }

  CheckResult result(Offsets silver) {
    audited.forEachNotIn(
        (partition, place) ->
            findings.violation("%s %s is in late and not in silver", partition, places.text(place)),
        silver);
    findings.count("rows", rows);
    return findings.result();
  }
}
