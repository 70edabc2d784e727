package io.medallion.maintenance.compact;

import io.medallion.delta.TableConflictException;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.cli.WrongUse;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableKind;
import java.io.IOException;
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
      throws IOException, InterruptedException {
    CompactionRules rules = options.rules();
    Lake lake = options.lake().open();
    boolean found = false;
    int exitCode = 0;
    for (TableKind table : options.tables()) {
      TableCompaction compaction =
          new TableCompaction(
              lake.location(table), rules, clock, new Ticker(err, table.path() + ": rows"));
      try {
        Optional<String> done =
            options.dryRun()
                ? compaction.plan().map(plan -> CompactionResult.toText(plan, rules))
                : compaction.run().map(CompactionResult::toText);
        done.ifPresent(text -> out.println(table.path() + ": " + text));
        found |= done.isPresent();
      } catch (TableConflictException left) {
        found = true;
        exitCode = Tool.EXIT_FAILED;
        err.println("medallion compact: " + left.getMessage());
      }
    }
    if (!found) {
      throw WrongUse.noLake(options.lake().lake());
    }
    if (options.dryRun()) {
      out.println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }
}
