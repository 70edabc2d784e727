package io.medallion.maintenance.audit;

import io.medallion.job.event.RejectReason;
import io.medallion.job.table.RawRecord;
import io.medallion.maintenance.audit.derive.StoredRow;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.RowCursor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hands the rows of a table on as they are, but for what follows from settings that the job alone
 * knows: how old an event may be.
 */
final class FoundRows {

  private static final String AGE = RejectReason.PAST_EVENT_TIME.name();
  private static final int NONE = -1;

  private final JudgedTable table;
  private final StoredPlace at;
  private final RowVisitor visitor;
  private final Selection selected;
  private final Selection exempt;

  // Where columns are in rows as they are read, and among all.
  private final int flags;
  private final int windowStart;
  private final int windowEnd;
  private final int timestampType;
  private final int flagsColumn;
  private final int dayColumn;

  /** Chooses among events. */
  interface Selection {
    boolean test(Partition partition, long place);
  }

  /**
   * @param selected whose rows are handed on
   * @param exempt as in {@link JudgedTable#counted}
   */
  FoundRows(
      JudgedTable table, StoredPlace at, RowVisitor visitor, Selection selected, Selection exempt) {
    this.table = table;
    this.at = at;
    this.visitor = visitor;
    this.selected = selected;
    this.exempt = exempt;
    StoredRow stored = table.stored();
    this.flags = stored.placeOf("qualityFlags");
    this.windowStart = stored.placeOf("windowStart");
    this.windowEnd = stored.placeOf("windowEnd");
    this.timestampType = stored.placeOf("timestampType");
    this.flagsColumn = table.found().placeOf("qualityFlags");
    this.dayColumn = table.found().placeOf("enqueuedDate");
  }

  void row(RowCursor row) {
    Partition partition = at.partition(row);
    long place = at.place(row);
    if (!isOfSize(row) || !selected.test(partition, place)) {
      return;
    }
    table.stored().read(row);
    if (flags != NONE) {
      leaveAgeOut(row.text(flags));
    } else if (RawRecord.SENDER_TIME.equals(row.text(timestampType))) {
      table.found().setNull(dayColumn);
    }
    visitor.found(table, partition, place, table.counted(exempt.test(partition, place)));
  }

  private boolean isOfSize(RowCursor row) {
    return table.windowSize() == 0
        || row.bigint(windowEnd) - row.bigint(windowStart) == table.windowSize();
  }

  private void leaveAgeOut(String text) {
    if (text == null || !text.contains(AGE)) {
      return;
    }
    String rest =
        Stream.of(text.split(",", -1))
            .filter(flag -> !flag.startsWith(AGE))
            .collect(Collectors.joining(","));
    if (rest.isEmpty()) {
      table.found().setNull(flagsColumn);
    } else {
      table.found().setText(flagsColumn, rest);
    }
  }
}
