package io.medallion.maintenance.audit;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.LakeVersion;

/** {@code medallion audit}: fails if a check does not hold. */
public final class AuditCommand implements LakeCommand<AuditOptions> {

  @Override
  public Class<AuditOptions> options() {
    return AuditOptions.class;
  }

  @Override
  public int run(AuditOptions options, Console console) throws InterruptedException {
    if (!options.range().from().isBefore(options.range().to())) {
      throw new WrongUse("--from must be before --to.");
    }
    LakeVersion lake = options.lake().open().open();
    if (lake.tables().isEmpty()) {
      throw options.lake().holdsNothing();
    }
    AuditReport report =
        AuditReport.of(options.lake().lake(), lake, options.range(), console.progress());
    console
        .out()
        .println(
            options.json() ? report.toJson().toPrettyString() : report.toText().stripTrailing());
    return report.holds() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
