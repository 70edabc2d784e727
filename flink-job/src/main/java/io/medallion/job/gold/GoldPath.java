package io.medallion.job.gold;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.event.TumblingWindows;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One way through {@link GoldTopology}: windows of one size, by one column. A size has a path for
 * each column that its tables are by, and one for the contract's key, from which its tables over
 * everything are made.
 *
 * @param index among all paths
 * @param size place among the sizes of {@code WindowConfig}
 * @param by the column of silver
 * @param id what its operators' ids end with, and what it is called in state: never to be changed
 * @param parts what its cells have: enough for all tables of its size
 */
public record GoldPath(
    int index, int size, TumblingWindows windows, String by, String id, GoldLayout.Names parts)
    implements Serializable {

  /** All paths, by size. */
  public static List<GoldPath> all(JobConfig config) {
    Contract contract = config.rules().contract();
    List<TumblingWindows> sizes = config.windows().windows();
    List<GoldPath> paths = new ArrayList<>();
    for (int size = 0; size < sizes.size(); size++) {
      List<GoldTable> tables = tables(config, sizes.get(size));
      GoldLayout.Names parts = GoldLayout.names(contract, tables);
      Set<String> columns = new LinkedHashSet<>();
      columns.add(contract.keyColumn());
      tables.forEach(table -> table.by().ifPresent(columns::add));
      for (String by : columns) {
        String id =
            sizeId(size, sizes.get(size)) + (by.equals(contract.keyColumn()) ? "" : "-" + by);
        paths.add(new GoldPath(paths.size(), size, sizes.get(size), by, id, parts));
      }
    }
    return List.copyOf(paths);
  }

  private static List<GoldTable> tables(JobConfig config, TumblingWindows windows) {
    List<GoldTable> tables = config.rules().contract().gold();
    return IntStream.range(0, tables.size())
        .filter(table -> config.windows().windowsOf(table).equals(windows))
        .mapToObj(tables::get)
        .toList();
  }

  /** Nothing for the first table's size, which a setting may change. */
  static String sizeId(int size, TumblingWindows windows) {
    return size == 0 ? "" : "@" + Duration.ofMillis(windows.size());
  }
}
