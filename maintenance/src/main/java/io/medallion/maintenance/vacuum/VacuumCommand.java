package io.medallion.maintenance.vacuum;

import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.JsonReport;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

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
    JsonReport report = new JsonReport(options.lake(), options.dryRun());
    int exitCode =
        new EachTable("vacuum", options.lake(), options.json() ? console.withoutText() : console)
            .run(
                options.tables().of(lake.tables()),
                table -> {
                  Ticker ticker = new Ticker(console.progress(), table.path() + ": files listed:");
                  Optional<VacuumResult> done =
                      new TableVacuum(lake.location(table), retention, clock, ticker)
                          .run(!options.dryRun());
                  done.ifPresent(result -> result.put(report.add(table)));
                  return done.map(result -> result.toText(table.path(), options.dryRun()));
                });
    if (options.json()) {
      console.out().println(report);
    } else if (options.dryRun()) {
      console.out().println("Nothing was deleted: this was a --dry-run.");
    }
    return exitCode;
  }
}
