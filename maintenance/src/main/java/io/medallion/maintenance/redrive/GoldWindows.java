package io.medallion.maintenance.redrive;

import io.medallion.contract.GoldTable;
import io.medallion.job.event.TumblingWindows;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The windows that gold has closed.
 *
 * @param windows of the size of the newest one
 * @param closedUpTo the end of the newest one, milliseconds since 1970
 */
record GoldWindows(TumblingWindows windows, long closedUpTo) {

  private static final List<String> COLUMNS = List.of("windowStart", "windowEnd");

  /**
   * Reads a table over everything, which has one row a window, or else another one; empty if no
   * window was closed yet.
   */
  static Optional<GoldWindows> of(LakeVersion lake) {
    List<GoldTable> tables = lake.definitions().contract().gold();
    return IntStream.range(0, tables.size())
        .boxed()
        .sorted(Comparator.comparing(index -> tables.get(index).by().isPresent()))
        .flatMap(index -> of(lake, lake.definitions().gold().get(index)).stream())
        .findFirst();
  }

  private static Optional<GoldWindows> of(LakeVersion lake, TableDefinition table) {
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
        : Optional.of(
            new GoldWindows(new TumblingWindows((newest[1] - newest[0]) / 1000), newest[1] / 1000));
  }

  /** How long the window of that event time has been closed, in milliseconds; 0 if it is open. */
  long lateness(long eventTime) {
    return Math.max(0, closedUpTo - windows.endOf(eventTime));
  }
}
