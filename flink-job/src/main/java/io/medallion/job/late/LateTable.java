package io.medallion.job.late;

import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * The events that gold does not count because they came after their window had closed: their row of
 * silver, where they are too, the window missed and by how much event time.
 */
public final class LateTable implements RowEncoder<WeatherRecord> {

  private static final long serialVersionUID = 1L;

  private static final int WINDOW_START = SilverTable.ROW_TYPE.getFieldCount();
  private static final int WINDOW_END = WINDOW_START + 1;
  private static final int LATENESS_MILLIS = WINDOW_START + 2;

  private static final RowType ROW_TYPE =
      new Columns()
          .all(SilverTable.ROW_TYPE)
          .timestamp("windowStart")
          .timestamp("windowEnd")
          .bigint("latenessMillis")
          .build();

  private final TumblingWindows windows;
  private final SilverTable silver = new SilverTable();

  private LateTable(TumblingWindows windows) {
    this.windows = windows;
  }

  public static LakeTable<WeatherRecord> table(TumblingWindows windows) {
    return new LakeTable<>(
        "late", "late", ROW_TYPE, Optional.of("eventDate"), new LateTable(windows));
  }

  @Override
  public void encodePartition(WeatherRecord event, RowWriter out) {
    silver.encodePartition(event, out);
  }

  @Override
  public void encode(WeatherRecord event, RowWriter out) {
    silver.encode(event, out);
    Values.setTimestamp(out, WINDOW_START, windows.startOf(event.eventTime));
    Values.setTimestamp(out, WINDOW_END, windows.endOf(event.eventTime));
    out.setLong(LATENESS_MILLIS, event.latenessMillis);
  }
}
