package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;

/**
 * Bronze has every offset of a partition, from its first to its last, exactly once, but for those
 * of which the table gaps says that the broker delivered no record. The first need not be 0: Event
 * Hubs drops what is older than its retention, and bronze what is older than it is kept.
 *
 * <p>Within a range of enqueued time, offsets count as present if a file with rows of the range has
 * them: a producer's clock may go back a little, so times do not grow strictly with offsets.
 */
final class BronzeOffsets {

  static final List<String> COLUMNS = List.of("eventHub", "partition", "offset", "enqueuedTime");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int ENQUEUED_TIME = 3;

  private final TimeRange range;
  private final Partitions partitions;
  private final Offsets present = new Offsets();
  private final Offsets audited;
  private final Findings findings =
      new Findings(
          "bronze-offsets",
          "bronze has every offset of each partition once, but those of which gaps says that there is no record");
  private long rows;

  BronzeOffsets(TimeRange range, Partitions partitions) {
    this.range = range;
    this.partitions = partitions;
    this.audited = range.isAll() ? present : new Offsets();
  }

  void row(RowCursor row) {
    Partition partition = partitions.ofBronze(row.text(EVENT_HUB), row.integer(PARTITION));
    long offset = row.bigint(OFFSET);
    boolean isNew = present.add(partition, offset);
    if (!range.contains(row.bigint(ENQUEUED_TIME))) {
      return;
    }
    rows++;
    if (!isNew) {
      findings.violation("%s offset %d is there more than once", partition, offset);
    }
    if (!range.isAll()) {
      audited.add(partition, offset);
    }
  }

  /** The places in the range, each once. */
  Offsets offsets() {
    return audited;
  }

  /**
   * @param removed what bronze had and was old
   */
  CheckResult result(GapRows gaps, Expired removed) {
    findings.count("rows", rows);
    findings.count("partitions", audited.partitionCount());
    long expired = audited.countInGaps(gaps.expired(), present);
    findings.count("without record", audited.countInGaps(gaps.all(), present) - expired);
    findings.count("expired", expired);
    audited.forEachGap(
        (partition, first, last) -> lacks(partition, first, last, removed), present, gaps.all());
    audited.forEachIn(
        (partition, offset) ->
            findings.violation(
                "%s offset %d is in bronze, though gaps says that there is no record",
                partition, offset),
        gaps.all());
    return findings.result();
  }

  private void lacks(Partition partition, long firstLacking, long last, Expired removed) {
    long first = Math.max(firstLacking, removed.offsets().getOrDefault(partition, Long.MIN_VALUE));
    if (first > last) {
      return;
    }
    findings.violations(
        last - first + 1,
        first == last ? "%s lacks offset %d" : "%s lacks offsets %d to %d",
        partition,
        first,
        last);
  }
}
