package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.event.TumblingWindows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The windows of gold.
 *
 * @param tables the size of each table's windows, in the contract's order
 */
public record WindowConfig(List<Duration> tables, LatenessConfig lateness) {

  public WindowConfig {
    tables = List.copyOf(tables);
  }

  /**
   * Of each table the size that the contract says, else the setting. Where the contract says one
   * size for all tables, a given setting overrides it.
   */
  static WindowConfig of(Settings settings, Contract contract) {
    Duration setting = settings.duration(ConfigKey.WINDOW_SIZE);
    List<Optional<Duration>> declared = contract.gold().stream().map(GoldTable::window).toList();
    boolean isOverridden =
        settings.isGiven(ConfigKey.WINDOW_SIZE) && declared.stream().distinct().count() == 1;
    return new WindowConfig(
        declared.stream().map(size -> isOverridden ? setting : size.orElse(setting)).toList(),
        LatenessConfig.of(settings));
  }

  /** The sizes that there are, each once, the first table's first. */
  public List<TumblingWindows> windows() {
    return tables.stream().distinct().map(size -> new TumblingWindows(size.toMillis())).toList();
  }

  /** The windows of a table of the contract. */
  public TumblingWindows windowsOf(int table) {
    return new TumblingWindows(tables.get(table).toMillis());
  }
}
