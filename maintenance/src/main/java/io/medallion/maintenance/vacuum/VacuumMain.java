package io.medallion.maintenance.vacuum;

import io.medallion.delta.TableConflictException;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableKind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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
      throws IOException, InterruptedException {
    Duration retention = options.retention();
    Lake lake = options.lake().open();
    boolean found = false;
    int exitCode = 0;
    for (TableKind table : options.tables()) {
      Ticker ticker = new Ticker(err, table.path() + ": files listed:");
      try {
        Optional<VacuumResult> done =
            new TableVacuum(lake.location(table), retention, clock, ticker).run(!options.dryRun());
        done.ifPresent(result -> out.println(result.toText(table.path(), options.dryRun())));
        found |= done.isPresent();
      } catch (TableConflictException left) {
        found = true;
        exitCode = Tool.EXIT_FAILED;
        err.println("medallion vacuum: " + left.getMessage());
      }
    }
    if (!found) {
      throw WrongUse.noLake(options.lake().lake());
    }
    if (options.dryRun()) {
      out.println("Nothing was deleted: this was a --dry-run.");
    }
    return exitCode;
  }
}
