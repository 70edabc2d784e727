package io.medallion.maintenance.history;

import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.cli.TableOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion history}. */
@Command(
    name = "history",
    header = "Lists the versions of the tables of a lake, and the sizes of their files.",
    description = "Writes nothing; the job may be running.",
    footer = {
      "",
      "A version's checkpoint is the job's; a version without one is of a command such as compact or"
          + " redrive, of another writer, or of a run that took the table over.",
      "Rows are by the files' statistics. A version that only puts rows into other files, as compact"
          + " does, is marked 'same rows'.",
      "",
      "Exit code: 0 done; 1 a table can't be read; 2 wrong use.",
    },
    sortOptions = false)
final class HistoryOptions {

  @Mixin private LakeOptions lake;
  @Mixin private TableOption tables;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "So many versions of each table, the newest; default ${DEFAULT-VALUE}.")
  private int last = 20;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LakeOptions lake() {
    return lake;
  }

  TableOption tables() {
    return tables;
  }

  int last() {
    return last;
  }

  boolean json() {
    return json;
  }
}
