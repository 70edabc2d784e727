package io.medallion.maintenance.redrive;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.contract.Contract;
import io.medallion.job.config.RedriveConfig;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import java.io.IOException;

/** {@code medallion redrive}: adds what is valid by now. */
public final class RedriveCommand implements LakeCommand<RedriveOptions> {

  @Override
  public Class<RedriveOptions> options() {
    return RedriveOptions.class;
  }

  @Override
  public int run(RedriveOptions options, Console console) throws IOException, InterruptedException {
    Lake lake = options.lake().open();
    LakeVersion tables = lake.openNewest();
    if (tables.tables().isEmpty()) {
      throw options.lake().holdsNothing();
    }
    Contract contract = tables.definitions().contract();
    RedriveConfig config = RedriveConfig.of(contract, options.jobArguments(lake.root()));
    Redrive redrive = new Redrive(lake, config, options.reasons(contract), options.enqueued());
    RedriveReport report = options.dryRun() ? redrive.tryOut() : redrive.run();
    console.out().println(options.json() ? report.toJson() : report.toText(options.dryRun()));
    return ExitCode.DONE;
  }
}
