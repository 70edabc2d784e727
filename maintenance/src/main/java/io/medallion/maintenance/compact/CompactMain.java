package io.medallion.maintenance.compact;

import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.lake.Lake;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;

/** Entry point of {@code medallion compact}: command line in, exit code out. */
public final class CompactMain {

  private CompactMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Compacts tables in this process.
   *
   * @return 0 if all are done, 1 if one is left as it is because of what it is or because it was
   *     changed meanwhile, or cannot be read or written; 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return execute(arguments, out, err, Clock.systemUTC());
  }

  /**
   * As above.
   *
   * @param clock tells which days are closed
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err, Clock clock) {
    return Tool.execute(
        "compact",
        CompactOptions.class,
        (options, output, errors) -> run(options, output, errors, clock),
        arguments,
        out,
        err);
  }

  private static int run(CompactOptions options, PrintStream out, PrintStream err, Clock clock)
      throws InterruptedException {
    CompactionRules rules = options.rules();
    Lake lake = options.lake().open();
    int exitCode =
        EachTable.run(
            "compact",
            options.lake(),
            options.tables().of(lake.tables()),
            table -> {
              TableCompaction compaction =
                  new TableCompaction(
                      lake.location(table), rules, clock, new Ticker(err, table.path() + ": rows"));
              Optional<String> done =
                  options.dryRun()
                      ? compaction.plan().map(plan -> CompactionResult.toText(plan, rules))
                      : compaction.run().map(CompactionResult::toText);
              return done.map(text -> table.path() + ": " + text);
            },
            out,
            err);
    if (options.dryRun()) {
      out.println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }
}
