package io.medallion.job.gold;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.TumblingWindows;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** Cells of the weather for tests. */
public final class GoldCells {

  private GoldCells() {}

  /** The layout of cells that all tables of a contract can be told from. */
  static GoldLayout layout(Contract contract) {
    return new GoldLayout(contract, GoldLayout.names(contract, contract.gold()));
  }

  /** The path of a contract's key, through windows of that size. */
  static GoldPath path(Contract contract, long size) {
    return new GoldPath(
        0, 0, new TumblingWindows(size), contract.keyColumn(), "", layout(contract).names());
  }

  /** The paths of the weather's key through windows of these sizes. */
  public static List<GoldPath> paths(long... sizes) {
    List<GoldPath> paths = new ArrayList<>();
    for (int size = 0; size < sizes.length; size++) {
      TumblingWindows windows = new TumblingWindows(sizes[size]);
      Contract weather = ContractReader.standard();
      paths.add(
          new GoldPath(
              size,
              size,
              windows,
              weather.keyColumn(),
              GoldPath.sizeId(size, windows),
              layout(weather).names()));
    }
    return paths;
  }

  /** Where the windows of the weather put parts that come too late. */
  public static OutputTag<GoldState> latePart() {
    return ClosedWindows.latePart(new GoldCellType(layout(ContractReader.standard()).names()));
  }

  /** Of so many events of which nothing else is known. */
  public static GoldCell of(String station, long windowStart, long windowEnd, long events) {
    GoldCell cell =
        new GoldCell(layout(ContractReader.standard()).names(), station, windowStart, windowEnd);
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
