package io.medallion.maintenance.compact;

import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.EachTable.Outcome;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import java.time.Clock;

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
    return new EachTable("compact", options.lake(), options.outcome(), console)
        .run(
            options.tables().of(lake.tables()),
            "Nothing was written: this was a --dry-run.",
            table -> {
              Ticker ticker = new Ticker(console.progress(), table.path() + ": rows");
              TableCompaction compaction =
                  new TableCompaction(lake.location(table), rules, clock, ticker);
              return options.outcome().dryRun()
                  ? compaction.plan().map(plan -> outcome(plan, rules))
                  : compaction.run().map(done -> new Outcome(done.toText(), done::put));
            });
  }

  private static Outcome outcome(CompactionPlan plan, CompactionRules rules) {
    return new Outcome(
        CompactionResult.toText(plan, rules), json -> CompactionResult.put(json, plan, rules));
  }
}
