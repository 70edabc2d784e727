package io.medallion.maintenance.redrive;

import io.medallion.job.config.RedriveConfig;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import java.io.IOException;
import java.io.PrintStream;

/** Entry point of {@code medallion redrive}: command line in, exit code out. */
public final class RedriveMain {

  private RedriveMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Runs a redrive in this process.
   *
   * @return 0 if it is done, 1 if a table cannot be read or written, 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return Tool.execute("redrive", RedriveOptions.class, RedriveMain::run, arguments, out, err);
  }

  private static int run(RedriveOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Lake lake = options.lake().open();
    LakeVersion tables = lake.openNewest();
    if (tables.tables().isEmpty()) {
      throw WrongUse.noLake(options.lake().lake());
    }
    RedriveConfig config =
        RedriveConfig.of(tables.definitions().contract(), options.jobArguments(lake.root()));
    Redrive redrive =
        new Redrive(
            lake, config, options.reasons(tables.definitions().contract()), options.enqueued());
    RedriveReport report = options.dryRun() ? redrive.tryOut() : redrive.run();
    out.println(options.json() ? report.toJson() : report.toText(options.dryRun()));
    return 0;
  }
}
