package io.medallion.maintenance.contract;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code medallion contract export}. */
@Command(
    name = "export",
    header = "Writes a contract in the form of the Open Data Contract Standard.",
    footer = {
      "",
      "odcs: the Open Data Contract Standard 3.1.0, in YAML: silver and the tables of gold, with types, units,"
          + " ranges, partitions and formulas.",
      "",
      "Exit code: 0 done; 1 the contract is wrong, or a file can't be read or written; 2 wrong use.",
    },
    sortOptions = false)
final class ExportOptions {

  /** The forms. */
  enum Format {
    ODCS
  }

  @Parameters(paramLabel = "CONTRACT", description = "A file, or the name of one that ships.")
  private String contract;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: the standard output.")
  private Path out;

  String contract() {
    return contract;
  }

  Format format() {
    return format;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }
}
