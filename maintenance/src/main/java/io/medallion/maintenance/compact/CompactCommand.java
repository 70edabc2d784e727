package io.medallion.maintenance.compact;

import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.JsonReport;
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
    JsonReport report = new JsonReport(options.lake(), options.dryRun());
    int exitCode =
        new EachTable("compact", options.lake(), options.json() ? console.withoutText() : console)
            .run(
                options.tables().of(lake.tables()),
                table -> {
                  Ticker ticker = new Ticker(console.progress(), table.path() + ": rows");
                  TableCompaction compaction =
                      new TableCompaction(lake.location(table), rules, clock, ticker);
                  Optional<String> done;
                  if (options.dryRun()) {
                    Optional<CompactionPlan> plan = compaction.plan();
                    plan.ifPresent(p -> CompactionResult.put(report.add(table), p, rules));
                    done = plan.map(p -> CompactionResult.toText(p, rules));
                  } else {
                    Optional<CompactionResult> result = compaction.run();
                    result.ifPresent(r -> r.put(report.add(table)));
                    done = result.map(CompactionResult::toText);
                  }
                  return done.map(text -> table.path() + ": " + text);
                });
    if (options.json()) {
      console.out().println(report);
    } else if (options.dryRun()) {
      console.out().println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }
}
