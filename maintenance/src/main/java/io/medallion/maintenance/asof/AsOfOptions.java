package io.medallion.maintenance.asof;

import io.medallion.maintenance.cli.LakeOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion as-of}. */
@Command(
    name = "as-of",
    header = "Prints how to read all tables of a lake as of one checkpoint of the job.",
    description =
        "Tables commit one after the other, so that their newest versions may be of two checkpoints. The"
            + " versions that this prints belong together. Writes nothing; the job may be running.",
    footer = {
      "",
      "All windows that end at 'gold until' or before are closed and in these versions of gold.",
      "A version can be read as long as its log entries (30 days by default) and its files are there:"
          + " 'medallion vacuum' deletes files that left a table before its retention.",
      "",
      "Exit code: 0 done; 1 a table can't be read, or nothing is known of the checkpoint or time; 2 wrong"
          + " use.",
    },
    sortOptions = false)
final class AsOfOptions {

  @Mixin private LakeOptions lake;
  @ArgGroup private Point point;

  /** One of the two. */
  static final class Point {

    @Option(
        names = "--checkpoint",
        paramLabel = "N",
        description =
            "Of this checkpoint, the newest one of that id; 'medallion history' lists them.")
    private Long checkpoint;

    @Option(
        names = "--time",
        paramLabel = "T",
        description =
            "Of the last checkpoint that all tables had at this time, such as 2026-11-22 or"
                + " 2026-11-22T12:00:00Z; default: now.")
    private Instant time;
  }

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LakeOptions lake() {
    return lake;
  }

  OptionalLong checkpoint() {
    return point == null || point.checkpoint == null
        ? OptionalLong.empty()
        : OptionalLong.of(point.checkpoint);
  }

  Optional<Instant> time() {
    return point == null ? Optional.empty() : Optional.ofNullable(point.time);
  }

  boolean json() {
    return json;
  }
}
