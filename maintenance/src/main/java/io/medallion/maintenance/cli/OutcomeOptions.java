package io.medallion.maintenance.cli;

import picocli.CommandLine.Option;

/** The options of commands that change tables: whether to, and in which form they report it. */
public final class OutcomeOptions {

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description = "Print the outcome as JSON; with --dry-run, what would be done.")
  private boolean json;

  public boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }
}
