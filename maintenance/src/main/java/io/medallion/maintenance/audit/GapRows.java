package io.medallion.maintenance.audit;

import io.medallion.job.hub.OffsetGap;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import java.util.List;

/** The offsets of which the job noted that the broker delivered no record. */
final class GapRows {

  static final List<String> COLUMNS =
      List.of("eventHub", "partition", "fromOffset", "toOffset", "cause");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int FROM_OFFSET = 2;
  private static final int TO_OFFSET = 3;
  private static final int CAUSE = 4;

  private final Partitions partitions;
  private final Offsets all = new Offsets();
  private final Offsets expired = new Offsets();

  GapRows(Partitions partitions) {
    this.partitions = partitions;
  }

  void row(RowCursor row) {
    Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
    long from = row.bigint(FROM_OFFSET);
    long to = row.bigint(TO_OFFSET);
    all.addAll(partition, from, to);
    if (row.text(CAUSE).equals(OffsetGap.Cause.EXPIRED.name())) {
      expired.addAll(partition, from, to);
    }
  }

  /** All offsets that are noted. */
  Offsets all() {
    return all;
  }

  /** Those whose records expired unread, which was accepted. */
  Offsets expired() {
    return expired;
  }
}
