package io.medallion.job.hub;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowMeaning;
import io.medallion.delta.RowWriter;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/** The offsets that bronze lacks because the broker delivered no record for them. */
public final class GapTable implements RowEncoder<OffsetGap> {

  private static final long serialVersionUID = 1L;

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int FROM_OFFSET = 2;
  private static final int TO_OFFSET = 3;
  private static final int CAUSE = 4;
  private static final int ENQUEUED_BEFORE = 5;
  private static final int ENQUEUED_AFTER = 6;
  private static final int DETECTED_TIME = 7;

  private static final RowType ROW_TYPE =
      new Columns()
          .text("eventHub")
          .integer("partition")
          .bigint("fromOffset")
          .bigint("toOffset")
          .text("cause")
          .timestamp("enqueuedBefore")
          .timestamp("enqueuedAfter")
          .timestamp("detectedTime")
          .build();

  private GapTable() {}

  public static LakeTable<OffsetGap> table() {
    return new LakeTable<>(
        "gaps", "gaps", ROW_TYPE, RowMeaning.NONE, Optional.empty(), new GapTable());
  }

  @Override
  public void encode(OffsetGap gap, RowWriter out) {
    out.setString(EVENT_HUB, gap.eventHub);
    out.setInt(PARTITION, gap.partition);
    out.setLong(FROM_OFFSET, gap.fromOffset);
    out.setLong(TO_OFFSET, gap.toOffset);
    out.setString(CAUSE, gap.cause.name());
    if (gap.enqueuedBefore != null) {
      Values.setTimestamp(out, ENQUEUED_BEFORE, gap.enqueuedBefore);
    }
    Values.setTimestamp(out, ENQUEUED_AFTER, gap.enqueuedAfter);
    Values.setTimestamp(out, DETECTED_TIME, gap.detectedTime);
  }
}
