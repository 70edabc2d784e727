package io.medallion.maintenance.compact;

import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import java.time.Clock;
import java.util.Optional;

/** {@code medallion compact}: puts small files of each table into large ones. */
public final class CompactCommand implements LakeCommand<CompactOptions> {

  private final Clock clock;

  public CompactCommand() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock tells which days are closed
   */
  public CompactCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<CompactOptions> options() {
    return CompactOptions.class;
  }

  @Override
  public int run(CompactOptions options, Console console) throws InterruptedException {
    CompactionRules rules = options.rules();
    Lake lake = options.lake().open();
    int exitCode =
        new EachTable("compact", options.lake(), console)
            .run(
                options.tables().of(lake.tables()),
                table -> {
                  Ticker ticker = new Ticker(console.progress(), table.path() + ": rows");
                  TableCompaction compaction =
                      new TableCompaction(lake.location(table), rules, clock, ticker);
                  Optional<String> done =
                      options.dryRun()
                          ? compaction.plan().map(plan -> CompactionResult.toText(plan, rules))
                          : compaction.run().map(CompactionResult::toText);
                  return done.map(text -> table.path() + ": " + text);
                });
    if (options.dryRun()) {
      console.out().println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }
}
