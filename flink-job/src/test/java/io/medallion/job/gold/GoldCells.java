package io.medallion.job.gold;

import io.medallion.contract.ContractReader;

/** Cells of the weather for tests. */
public final class GoldCells {

  private GoldCells() {}

  /** Of so many events of which nothing else is known. */
  public static GoldCell of(String station, long windowStart, long windowEnd, long events) {
    GoldCell cell =
        new GoldCell(
            new GoldLayout(ContractReader.standard()).names(), station, windowStart, windowEnd);
    cell.eventCount = events;
    return cell;
  }

  /** The key, window and number of events of a cell. */
  public static String shown(GoldState state) {
    GoldCell cell = (GoldCell) state;
    return "%s [%d, %d) %d".formatted(cell.key, cell.windowStart, cell.windowEnd, cell.eventCount);
  }

  /** The key of a cell. */
  public static String key(GoldState state) {
    return ((GoldCell) state).key;
  }
}
