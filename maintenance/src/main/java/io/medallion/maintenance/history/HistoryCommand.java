package io.medallion.maintenance.history;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/** {@code medallion history}: prints the history of tables. */
public final class HistoryCommand implements LakeCommand<HistoryOptions> {

  @Override
  public Class<HistoryOptions> options() {
    return HistoryOptions.class;
  }

  @Override
  public int run(HistoryOptions options, Console console) {
    if (options.last() < 1) {
      throw new WrongUse("--last must be 1 or more.");
    }
    Lake lake = options.lake().open();
    List<TableHistory> tables = new ArrayList<>();
    for (TableDefinition table : options.tables().of(lake.tables())) {
      TableHistory.read(lake.location(table), options.last()).ifPresent(tables::add);
    }
    if (tables.isEmpty()) {
      throw options.lake().holdsNothing();
    }
    console.out().println(options.json() ? HistoryReport.json(tables) : HistoryReport.text(tables));
    return ExitCode.DONE;
  }
}
