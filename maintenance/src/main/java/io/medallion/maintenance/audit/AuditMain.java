package io.medallion.maintenance.audit;

import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.cli.WrongUse;
import io.medallion.maintenance.lake.LakeVersion;
import java.io.PrintStream;

/** Entry point of {@code medallion audit}: command line in, exit code out. */
public final class AuditMain {

  private AuditMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Runs an audit in this process.
   *
   * @return 0 if all checks hold, 1 if some do not or a table cannot be read, 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return Tool.execute("audit", AuditOptions.class, AuditMain::run, arguments, out, err);
  }

  private static int run(AuditOptions options, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (!options.range().from().isBefore(options.range().to())) {
      throw new WrongUse("--from must be before --to.");
    }
    LakeVersion lake = options.lake().open().open();
    if (lake.tables().isEmpty()) {
      throw WrongUse.noLake(options.lake().lake());
    }
    AuditReport report = AuditReport.of(options.lake().lake(), lake, options.range(), err);
    out.println(
        options.json() ? report.toJson().toPrettyString() : report.toText().stripTrailing());
    return report.holds() ? 0 : Tool.EXIT_FAILED;
  }
}
