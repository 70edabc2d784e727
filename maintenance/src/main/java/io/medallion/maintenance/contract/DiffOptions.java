package io.medallion.maintenance.contract;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code medallion contract diff}. */
@Command(
    name = "diff",
    header = "Tells what differs between two contracts, and what a lake would go through.",
    footer = {
      "",
      "Additive: rows that are there stay right. Restating: new rows follow the new contract, rows that are"
          + " there the old one. Breaking: a lake of the old contract can't have the new one.",
      "",
      "Exit code: 0 nothing differs, or additive only; 1 a contract is wrong or can't be read; 2 wrong use;"
          + " 3 restating; 4 breaking.",
    },
    sortOptions = false)
final class DiffOptions {

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "A file, or the name of one that ships.")
  private String old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The same.")
  private String next;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  String old() {
    return old;
  }

  String next() {
    return next;
  }

  boolean json() {
    return json;
  }
}
