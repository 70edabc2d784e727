package io.medallion.maintenance.contract;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code medallion contract docs}. */
@Command(
    name = "docs",
    header = "Writes the page that says what events and tables are.",
    description = "In Markdown: what a sender may send, and what the tables hold.",
    footer = {
      "",
      "Exit code: 0 done; 1 the contract is wrong, or a file can't be read or written; 2 wrong use."
    },
    sortOptions = false)
final class DocsOptions {

  @Parameters(paramLabel = "CONTRACT", description = "A file, or the name of one that ships.")
  private String contract;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: the standard output.")
  private Path out;

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description = "Sample events, each on a line; the first valid one is the page's example.")
  private Path sample;

  @Option(
      names = "--guarantees",
      paramLabel = "LINK",
      description =
          "Where docs/guarantees.md is for readers of the page; default ${DEFAULT-VALUE}.")
  private String guarantees = "guarantees.md";

  String contract() {
    return contract;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  Optional<Path> sample() {
    return Optional.ofNullable(sample);
  }

  String guarantees() {
    return guarantees;
  }
}
