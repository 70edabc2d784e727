package io.medallion.maintenance.contract;

import io.medallion.maintenance.contract.sample.SampleRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code medallion contract check}. */
@Command(
    name = "check",
    header = "Tells whether a contract is right, and what the job would make of sample events.",
    description =
        "Tells whether a contract is right, else what is wrong, by line and column. Of sample events it"
            + " tells the row of silver that the job would write, or why the job would reject them.",
    footer = {
      "",
      "Exit code: 0 all is right; 1 the contract is wrong, or a file can't be read; 2 wrong use; 3 the"
          + " contract is right, but lines of the sample are rejected.",
    },
    sortOptions = false)
final class CheckOptions {

  @Parameters(paramLabel = "CONTRACT", description = "A file, or the name of one that ships.")
  private String contract;

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description =
          "Sample events, each on a line of its own, as they would be in a record's body.")
  private Path sample;

  @Option(names = "--key", paramLabel = "TEXT", description = "The key that the records have.")
  private String key;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header that the records have; may be given more than once.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--arrival",
      paramLabel = "T",
      description =
          "When the events came, such as 2026-11-22T12:00:00Z. With it, their times must be near; an event"
              + " without a time has this one, else the time of now.")
  private Instant arrival;

  @Option(names = "--summary", description = "Of the sample, print the summary only.")
  private boolean summary;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  String contract() {
    return contract;
  }

  Optional<Path> sample() {
    return Optional.ofNullable(sample);
  }

  /** What the records of the sample have beside their bodies. */
  SampleRecord record() {
    return new SampleRecord(Optional.ofNullable(key), headers, Optional.ofNullable(arrival));
  }

  boolean summary() {
    return summary;
  }

  boolean json() {
    return json;
  }
}
