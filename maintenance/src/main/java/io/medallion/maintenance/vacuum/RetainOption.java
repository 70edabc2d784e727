package io.medallion.maintenance.vacuum;

import io.medallion.cli.WrongUse;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says how long files are kept that left a table. */
public final class RetainOption {

  /** Delta's own. */
  private static final Duration SHORTEST = Duration.ofDays(7);

  @Option(
      names = "--retain",
      paramLabel = "TIME",
      description = "How long an old version stays readable; default 7d.")
  private Duration retention = SHORTEST;

  @Option(
      names = "--force-short-retention",
      description =
          "Allow --retain under 7d. Queries that have been running for longer fail, and so does a"
              + " rollback of the job to before.")
  private boolean allowShort;

  /** How long old versions stay readable. */
  public Duration retention() {
    if (retention.isNegative()) {
      throw new WrongUse("--retain must not be negative.");
    }
    if (retention.compareTo(SHORTEST) < 0 && !allowShort) {
      throw new WrongUse("--retain under 7d needs --force-short-retention; see --help.");
    }
    return retention;
  }
}
