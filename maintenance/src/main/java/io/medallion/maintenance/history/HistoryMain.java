package io.medallion.maintenance.history;

import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Entry point of {@code medallion history}: command line in, exit code out. */
public final class HistoryMain {

  private HistoryMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Prints the history of tables.
   *
   * @return 0 if it is printed, 1 if a table cannot be read, 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return Tool.execute("history", HistoryOptions.class, HistoryMain::run, arguments, out, err);
  }

  private static int run(HistoryOptions options, PrintStream out, PrintStream err) {
    if (options.last() < 1) {
      throw new WrongUse("--last must be 1 or more.");
    }
    Lake lake = options.lake().open();
    List<TableHistory> tables = new ArrayList<>();
    for (TableDefinition table : options.tables().of(lake.tables())) {
      TableHistory.read(lake.location(table), options.last()).ifPresent(tables::add);
    }
    if (tables.isEmpty()) {
      throw WrongUse.noLake(options.lake().lake());
    }
    out.println(options.json() ? HistoryReport.json(tables) : HistoryReport.text(tables));
    return 0;
  }
}
