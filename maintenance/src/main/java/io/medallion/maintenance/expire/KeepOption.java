package io.medallion.maintenance.expire;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.TableOption;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that says how long the rows of which table are kept. */
public final class KeepOption {

  private static final Duration SHORTEST = Duration.ofDays(1);

  @Option(
      names = "--keep",
      paramLabel = "TABLE=TIME",
      description =
          "Remove what is older from this table, such as bronze=30d or gold/weather_summary=400d; may be"
              + " given more than once. A table that is not named keeps everything.")
  private Map<String, Duration> keep = new LinkedHashMap<>();

  /** Whether anything is to be removed from any table. */
  public boolean isGiven() {
    return !keep.isEmpty();
  }

  /** How long rows are kept, by table, in the order in which they were named. */
  public Map<TableDefinition, Duration> of(LakeTables lake) {
    Map<TableDefinition, Duration> byTable = new LinkedHashMap<>();
    keep.forEach((name, time) -> byTable.put(table(lake, name), time));
    keep.forEach(
        (name, time) -> {
          if (time.compareTo(SHORTEST) < 0) {
            throw new WrongUse("--keep %s: a table keeps 1d at least.".formatted(name));
          }
        });
    return byTable;
  }

  private static TableDefinition table(LakeTables lake, String name) {
    TableDefinition table = TableOption.table(lake, "--keep", name);
    if (table.equals(lake.gaps())) {
      throw new WrongUse(
          "--keep %s: this table keeps everything. It has few rows, and says why bronze lacks some."
              .formatted(name));
    }
    return table;
  }
}
