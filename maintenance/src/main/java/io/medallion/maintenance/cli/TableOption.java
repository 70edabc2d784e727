package io.medallion.maintenance.cli;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option of commands that work on all tables of a lake or on some. */
public final class TableOption {

  @Option(
      names = "--table",
      split = ",",
      paramLabel = "T",
      description =
          "Only this table, by its folder, such as silver or gold/weather_summary; may be given more"
              + " than once.")
  private List<String> names = new ArrayList<>();

  /** Those of a lake's tables that were named, in the lake's order; all if none was. */
  public List<TableDefinition> of(LakeTables lake) {
    Set<TableDefinition> named =
        names.stream().map(name -> table(lake, "--table", name)).collect(Collectors.toSet());
    return lake.all().stream().filter(table -> named.isEmpty() || named.contains(table)).toList();
  }

  /** The table that an option names by its folder. */
  public static TableDefinition table(LakeTables lake, String option, String name) {
    return lake.ofPath(name)
        .orElseThrow(
            () ->
                new WrongUse(
                    "%s: there is no table '%s'; the tables are %s."
                        .formatted(
                            option,
                            name,
                            lake.all().stream()
                                .map(TableDefinition::path)
                                .collect(Collectors.joining(", ")))));
  }
}
