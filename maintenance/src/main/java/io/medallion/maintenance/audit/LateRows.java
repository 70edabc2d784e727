package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;

/**
 * A late row is a row of silver, once, with the window that its event time falls in. What a redrive
 * added to silver is in late too, as no window of gold counts it.
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
          "windowEnd");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int ENQUEUED_TIME = 3;
  private static final int EVENT_TIME = 4;
  private static final int WINDOW_START = 5;
  private static final int WINDOW_END = 6;

  private final TimeRange range;
  private final Partitions partitions;
  private final Offsets all = new Offsets();
  private final Offsets audited = new Offsets();
  private final Findings findings =
      new Findings("late-rows", "every row of late is a row of silver, once, in its window");
  private long rows;
  private long windowSize;

  LateRows(TimeRange range, Partitions partitions) {
    this.range = range;
    this.partitions = partitions;
  }

  void row(RowCursor row) {
    Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
    long offset = row.bigint(OFFSET);
    boolean isNew = all.add(partition, offset);
    long start = row.bigint(WINDOW_START);
    long end = row.bigint(WINDOW_END);
    windowSize = end - start;
    if (!range.contains(row.bigint(ENQUEUED_TIME))) {
      return;
    }
    rows++;
    audited.add(partition, offset);
    if (!isNew) {
      findings.violation("%s offset %d is twice in late", partition, offset);
    }
    if (row.bigint(EVENT_TIME) < start || row.bigint(EVENT_TIME) >= end) {
      findings.violation(
          "%s offset %d: its event time %s is not in its window %s",
          partition, offset, Micros.text(row.bigint(EVENT_TIME)), Micros.text(start, end));
    }
  }

  /** Takes a row of silver that a redrive added. */
  void redriven(Partition partition, long offset) {
    if (!contains(partition, offset)) {
      findings.violation(
          "%s offset %d was added to silver by a redrive and is not in late: run the"
              + " redrive again",
          partition, offset);
    }
  }

  /** Whether the event at this place was late, whatever the range. */
  boolean contains(Partition partition, long offset) {
    return all.contains(partition, offset);
  }

  /** Microseconds; 0 if there is no row. */
  long windowSize() {
    return windowSize;
  }

  CheckResult result(Offsets silver) {
    audited.forEachNotIn(
        (partition, offset) ->
            findings.violation("%s offset %d is in late and not in silver", partition, offset),
        silver);
    findings.count("rows", rows);
    return findings.result();
  }
}
