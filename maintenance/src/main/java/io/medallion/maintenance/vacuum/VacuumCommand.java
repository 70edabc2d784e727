package io.medallion.maintenance.vacuum;

import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.EachTable.Outcome;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import java.time.Clock;
import java.time.Duration;

/** {@code medallion vacuum}: deletes the files of each table that nobody needs. */
public final class VacuumCommand implements LakeCommand<VacuumOptions> {

  private final Clock clock;

  public VacuumCommand() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock tells how old files and versions are
   */
  public VacuumCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<VacuumOptions> options() {
    return VacuumOptions.class;
  }

  @Override
  public int run(VacuumOptions options, Console console) throws InterruptedException {
    Duration retention = options.retention();
    Lake lake = options.lake().open();
    boolean dryRun = options.outcome().dryRun();
    return new EachTable("vacuum", options.lake(), options.outcome(), console)
        .run(
            options.tables().of(lake.tables()),
            "Nothing was deleted: this was a --dry-run.",
            table -> {
              Ticker ticker = new Ticker(console.progress(), table.path() + ": files listed:");
              return new TableVacuum(lake.location(table), retention, clock, ticker)
                  .run(!dryRun)
                  .map(result -> new Outcome(result.toText(dryRun), result::put));
            });
  }
}
