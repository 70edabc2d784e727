package io.medallion.maintenance.redrive;

import io.medallion.contract.GoldTable;
import io.medallion.job.config.WindowConfig;
import io.medallion.job.event.TumblingWindows;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The windows of gold, of each size, and which of them it has closed.
 *
 * @param closedUpTo by size, the end of the newest one, milliseconds since 1970; the least number
 *     if there is none yet
 */
record GoldWindows(Map<Long, Long> closedUpTo) {

  private static final List<String> COLUMNS = List.of("windowStart", "windowEnd");

  /** The newest window of a table. */
  private record Newest(long start, long end) {

    long size() {
      return (end - start) / 1000;
    }
  }

  GoldWindows {
    closedUpTo = new TreeMap<>(closedUpTo);
  }

  /**
   * Reads the tables of gold. A table without a window has those of tables that the contract gives
   * the same, or what the settings say.
   *
   * @param settings of the windows, if they say a size
   * @return empty if the size of some windows is not known
   */
  static Optional<GoldWindows> of(LakeVersion lake, Optional<WindowConfig> settings) {
    List<GoldTable> tables = lake.definitions().contract().gold();
    List<Optional<Newest>> newest = new ArrayList<>();
    lake.definitions().gold().forEach(table -> newest.add(newest(lake, table)));
    Map<Long, Long> closedUpTo = new TreeMap<>();
    for (int i = 0; i < tables.size(); i++) {
      int table = i;
      Optional<Newest> ofTable =
          newest.get(table).or(() -> ofSameWindows(tables, newest, tables.get(table)));
      Optional<Long> size =
          ofTable
              .map(Newest::size)
              .or(() -> settings.map(windows -> windows.windowsOf(table).size()));
      if (size.isEmpty()) {
        return Optional.empty();
      }
      closedUpTo.merge(
          size.get(), ofTable.map(window -> window.end() / 1000).orElse(Long.MIN_VALUE), Math::max);
    }
    return Optional.of(new GoldWindows(closedUpTo));
  }

  private static Optional<Newest> ofSameWindows(
      List<GoldTable> tables, List<Optional<Newest>> newest, GoldTable like) {
    for (int i = 0; i < tables.size(); i++) {
      if (newest.get(i).isPresent() && tables.get(i).window().equals(like.window())) {
        return newest.get(i);
      }
    }
    return Optional.empty();
  }

  private static Optional<Newest> newest(LakeVersion lake, TableDefinition table) {
    long[] newest = {0, Long.MIN_VALUE};
    if (lake.tables().containsKey(table)) {
      lake.tables()
          .get(table)
          .read(
              lake.files(table),
              COLUMNS,
              row -> {
                if (row.bigint(1) > newest[1]) {
                  newest[0] = row.bigint(0);
                  newest[1] = row.bigint(1);
                }
              });
    }
    return newest[1] == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(new Newest(newest[0], newest[1]));
  }

  /** Of each size. */
  List<TumblingWindows> windows() {
    return closedUpTo.keySet().stream().map(TumblingWindows::new).toList();
  }

  /** How long the window of that event time has been closed, in milliseconds; 0 if it is open. */
  long lateness(TumblingWindows windows, long eventTime) {
    return Math.max(0, closedUpTo.get(windows.size()) - windows.endOf(eventTime));
  }
}
