package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion replay}. */
@Command(
    name = "replay",
    header =
        "Makes a new lake of what the bronze of a lake holds, by the same contract or another one.",
    description =
        "The job itself reads the records: they are decoded, judged, deduplicated and aggregated"
            + " anew. The lake stays as it is; its job may be running.",
    footer = {
      "",
      "By the same contract and settings the new tables are those of the stream, row for row;"
          + " docs/reprocessing.md says what can differ. The lake holds its contract, with the ranges"
          + " of rule.*, and the size of its windows. It does not hold window.out.of.orderness,"
          + " event.*, deduplication.* and source.idle.timeout: give the job's settings with --conf,"
          + " or they are the defaults.",
      "",
      "Exit code: 0 done; 1 a table can't be read or written, or the job failed; 2 wrong use; 130"
          + " interrupted.",
    },
    sortOptions = false)
final class ReplayOptions {

  @Mixin private LakeOptions lake;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "DIR",
      description = "The new lake's folder, or its URI: one that is empty or not there.")
  private String into;

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      description = "Another contract than the lake's: a file, or the name of one that ships.")
  private String contract;

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "Only records that arrived at this time or later, such as 2026-11-22 or"
              + " 2026-11-22T12:00:00Z.")
  private Instant from = TimeRange.ALL.from();

  @Option(names = "--to", paramLabel = "T", description = "Only records that arrived before.")
  private Instant to = TimeRange.ALL.to();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many partitions are read at once; default: the processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "T",
      description = "Time between two commits; default: 30s.")
  private Duration checkpointInterval = Duration.ofSeconds(30);

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where checkpoints and the state are meanwhile, on the local disk; default: the system's"
              + " folder for temporary files.")
  private Optional<String> work = Optional.empty();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  LakeOptions lake() {
    return lake;
  }

  String into() {
    return into;
  }

  TimeRange enqueued() {
    if (!from.isBefore(to)) {
      throw new WrongUse("--from is not before --to: no record can be between them.");
    }
    return new TimeRange(from, to);
  }

  int parallelism() {
    if (parallelism < 1) {
      throw new WrongUse("--parallelism is %d: it must be 1 at least.".formatted(parallelism));
    }
    return parallelism;
  }

  Duration checkpointInterval() {
    if (checkpointInterval.compareTo(Requirements.SHORTEST) < 0) {
      throw new WrongUse(
          "--checkpoint-interval is %d ms: it must be %d ms at least."
              .formatted(checkpointInterval.toMillis(), Requirements.SHORTEST.toMillis()));
    }
    return checkpointInterval;
  }

  Optional<String> work() {
    return work;
  }

  boolean json() {
    return json;
  }

  /** The arguments that the job would be started with, to write to the new lake. */
  String[] jobArguments(String newLake) {
    return lake.access().jobArguments(newLake, Optional.ofNullable(contract));
  }
}
