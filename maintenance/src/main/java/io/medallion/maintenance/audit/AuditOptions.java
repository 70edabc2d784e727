package io.medallion.maintenance.audit;

import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion audit}. */
@Command(
    name = "audit",
    header = "Proves from the tables of a lake that nothing is lost, doubled or wrong.",
    description = "Reads the tables alone, all as of one checkpoint, also while the job runs.",
    footer = {
      "",
      "Exit code: 0 all checks hold, 1 some do not, or a table can't be read, 2 wrong use.",
    },
    sortOptions = false)
final class AuditOptions {

  @Mixin private LakeOptions lake;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "Check only from this time on, such as 2026-11-22 or 2026-11-22T12:00:00Z: enqueued times of"
              + " events, and windows that lie in the range as a whole.")
  private Instant from = TimeRange.ALL.from();

  @Option(names = "--to", paramLabel = "T", description = "Check only what is before this time.")
  private Instant to = TimeRange.ALL.to();

  LakeOptions lake() {
    return lake;
  }

  boolean json() {
    return json;
  }

  TimeRange range() {
    return new TimeRange(from, to);
  }
}
