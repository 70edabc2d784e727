package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.types.logical.RowType;

/**
 * The job's settings as far as they matter when events are judged again without the job: nothing of
 * the source is needed, and no secret of it read.
 *
 * @param windows of gold, if the sizes of all of them are given
 */
public record RedriveConfig(Rules rules, Optional<WindowConfig> windows, SinkConfig sink) {

  /**
   * Reads the same arguments as the job.
   *
   * @param ofLake the contract of the lake, by which events are judged if the settings name none
   * @throws ConfigException if a setting is unknown, malformed or missing, or names a contract with
   *     other columns
   */
  public static RedriveConfig of(Contract ofLake, String... args) {
    Settings settings = Settings.fromArgs(args);
    Rules rules = RulesConfig.of(settings, ofLake);
    requireSameColumns(ofLake, rules.contract());
    boolean isKnown =
        settings.isGiven(ConfigKey.WINDOW_SIZE)
            || rules.contract().gold().stream().allMatch(table -> table.window().isPresent());
    return new RedriveConfig(
        rules,
        isKnown ? Optional.of(WindowConfig.of(settings, rules.contract())) : Optional.empty(),
        SinkConfig.of(settings));
  }

  private static void requireSameColumns(Contract ofLake, Contract judging) {
    Set<RowType.RowField> one = columns(ofLake);
    Set<RowType.RowField> other = columns(judging);
    Set<String> different = new TreeSet<>();
    one.stream().filter(column -> !other.contains(column)).forEach(c -> different.add(c.getName()));
    other.stream().filter(column -> !one.contains(column)).forEach(c -> different.add(c.getName()));
    if (!judging.name().equals(ofLake.name()) || !different.isEmpty()) {
      throw new ConfigException(
          "The lake has events of the contract '%s', which can't be judged by '%s'%s"
              .formatted(
                  ofLake,
                  judging,
                  different.isEmpty()
                      ? ""
                      : ": silver has other columns by it: %s. Start the job with it first"
                          .formatted(String.join(", ", different))));
    }
  }

  private static Set<RowType.RowField> columns(Contract contract) {
    return Set.copyOf(SilverTable.rowType(contract).getFields());
  }
}
