package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.HashSet;
import java.util.Set;

/**
 * Every row of silver is in one closed window of gold, in late, or in a window that is still open.
 *
 * <p>A window is closed for good once {@code weather_summary} has one that ends no earlier: that
 * comes about only after all stations had theirs. In between, with unaligned checkpoints, {@code
 * weather_by_station} may have a window of some stations before that of others.
 */
final class GoldCounts {

  private final long closedUpTo;
  private final Findings findings =
      new Findings(
          "gold-counts",
          "silver = events of closed windows + late + events of open windows, for each station");
  private final Set<Long> closedWindows = new HashSet<>();
  private long silver;
  private long late;
  private long inGold;
  private long open;

  /**
   * @param closedUpTo the end of the last window that is closed for good, microseconds
   */
  GoldCounts(long closedUpTo) {
    this.closedUpTo = closedUpTo;
  }

  void silver(boolean isLate) {
    silver++;
    late += isLate ? 1 : 0;
  }

  /** Without a closed window and a late row, every window is open. */
  void silverWithoutWindows() {
    silver++;
    open++;
  }

  /**
   * @param onTime events of the row's window and station
   */
  void row(String place, RowCursor row, boolean isNew, long onTime) {
    long count = row.bigint(Gold.EVENT_COUNT);
    inGold += count;
    closedWindows.add(row.bigint(Gold.WINDOW_START));
    if (!isNew) {
      findings.violation("%s is there more than once", place);
    } else if (count != onTime) {
      findings.violation(
          "%s has eventCount %d, but silver has %d events on time", place, count, onTime);
    }
  }

  /** A window and station that silver has events of, and gold has no row. */
  void withoutRow(String place, long windowEnd, long onTime) {
    if (windowEnd <= closedUpTo) {
      findings.violation(
          "%s has no row, but silver has %d events on time, and later windows are closed",
          place, onTime);
    } else {
      open += onTime;
    }
  }

  void wrongWindow(String place, long size) {
    findings.violation(
        "%s is not a window of the size and alignment of the others (%.3f s)", place, size / 1e6);
  }

  CheckResult result() {
    findings.count("silver", silver);
    findings.count("in gold", inGold);
    findings.count("late", late);
    findings.count("open", open);
    findings.count("closed windows", closedWindows.size());
    if (silver != inGold + late + open && findings.result().holds()) {
      findings.violation("%d is not %d + %d + %d", silver, inGold, late, open);
    }
    return findings.result();
  }
}
