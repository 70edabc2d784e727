package io.medallion.maintenance.vacuum;

import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.lake.Lake;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;

/** Entry point of {@code medallion vacuum}: command line in, exit code out. */
public final class VacuumMain {

  private VacuumMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Vacuums tables in this process.
   *
   * @return 0 if all are done, 1 if one is left alone because of what it is, or storage failed; 2
   *     for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return execute(arguments, out, err, Clock.systemUTC());
  }

  /**
   * As above.
   *
   * @param clock tells how old files and versions are
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err, Clock clock) {
    return Tool.execute(
        "vacuum",
        VacuumOptions.class,
        (options, output, errors) -> run(options, output, errors, clock),
        arguments,
        out,
        err);
  }

  private static int run(VacuumOptions options, PrintStream out, PrintStream err, Clock clock)
      throws InterruptedException {
    Duration retention = options.retention();
    Lake lake = options.lake().open();
    int exitCode =
        EachTable.run(
            "vacuum",
            options.lake(),
            options.tables().of(lake.tables()),
            table -> {
              Ticker ticker = new Ticker(err, table.path() + ": files listed:");
              return new TableVacuum(lake.location(table), retention, clock, ticker)
                  .run(!options.dryRun())
                  .map(result -> result.toText(table.path(), options.dryRun()));
            },
            out,
            err);
    if (options.dryRun()) {
      out.println("Nothing was deleted: this was a --dry-run.");
    }
    return exitCode;
  }
}
