package io.medallion.job.late;

import io.medallion.contract.Contract;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeContract;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * The events that gold does not count because they came after their window had closed: their row of
 * silver, where they are too, the window missed and by how much event time. An event has a row for
 * each size of windows of which it missed one.
 */
public final class LateTable implements RowEncoder<EventRecord> {

  private static final long serialVersionUID = 1L;

  /** By size. */
  private final TumblingWindows[] windows;

  private final SilverTable silver;

  /** Its first column of its own; {@code windowEnd} and {@code latenessMillis} come after it. */
  private final int windowStart;

  private LateTable(Contract contract, TumblingWindows[] windows) {
    this.windows = windows.clone();
    this.silver = new SilverTable(contract);
    this.windowStart = SilverTable.rowType(contract).getFieldCount();
  }

  /**
   * The table of a lake.
   *
   * @param windows of gold, in the order that {@link EventRecord#lateSize} counts
   */
  public static LakeTable<EventRecord> table(Contract contract, TumblingWindows... windows) {
    RowType rowType =
        new Columns()
            .all(SilverTable.rowType(contract))
            .timestamp("windowStart")
            .timestamp("windowEnd")
            .bigint("latenessMillis")
            .build();
    return new LakeTable<>(
        "late",
        "late",
        rowType,
        LakeContract.ofColumns(contract),
        Optional.of("eventDate"),
        new LateTable(contract, windows));
  }

  @Override
  public void encodePartition(EventRecord event, RowWriter out) {
    silver.encodePartition(event, out);
  }

  @Override
  public void encode(EventRecord event, RowWriter out) {
    silver.encode(event, out);
    TumblingWindows missed = windows[event.lateSize];
    Values.setTimestamp(out, windowStart, missed.startOf(event.eventTime));
    Values.setTimestamp(out, windowStart + 1, missed.endOf(event.eventTime));
    out.setLong(windowStart + 2, event.latenessMillis);
  }
}
