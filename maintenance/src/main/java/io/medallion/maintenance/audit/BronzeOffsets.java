package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;

/**
 * Bronze has every offset of a partition, from its first to its last, exactly once. The first need
 * not be 0: Event Hubs drops what is older than its retention.
 *
 * <p>Within a range of enqueued time, offsets count as present if a file with rows of the range has
 * them: a producer's clock may go back a little, so times do not grow strictly with offsets.
 */
final class BronzeOffsets {

  static final List<String> COLUMNS = List.of("partition", "offset", "enqueuedTime");

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int ENQUEUED_TIME = 2;

  private final TimeRange range;
  private final Offsets present = new Offsets();
  private final Offsets audited;
  private final Findings findings =
      new Findings(
          "bronze-offsets", "bronze has every offset of each partition once, without a gap");
  private long rows;

  BronzeOffsets(TimeRange range) {
    this.range = range;
    this.audited = range.isAll() ? present : new Offsets();
  }

  void row(RowCursor row) {
    int partition = row.integer(PARTITION);
    long offset = row.bigint(OFFSET);
    boolean isNew = present.add(partition, offset);
    if (!range.contains(row.bigint(ENQUEUED_TIME))) {
      return;
    }
    rows++;
    if (!isNew) {
      findings.violation("partition %d offset %d is there more than once", partition, offset);
    }
    if (!range.isAll()) {
      audited.add(partition, offset);
    }
  }

  /** The places in the range, each once. */
  Offsets offsets() {
    return audited;
  }

  CheckResult result() {
    findings.count("rows", rows);
    findings.count("partitions", audited.partitionCount());
    audited.forEachGap(
        (partition, first, last) ->
            findings.violations(
                last - first + 1,
                first == last
                    ? "partition %d lacks offset %d"
                    : "partition %d lacks offsets %d to %d",
                partition,
                first,
                last),
        present);
    return findings.result();
  }
}
