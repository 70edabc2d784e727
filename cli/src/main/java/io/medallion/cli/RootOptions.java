package io.medallion.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of all commands. */
@Command(
    name = "medallion",
    description = "Events from Event Hubs to a lakehouse of Delta tables, with Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    versionProvider = Version.class,
    footer = {
      "",
      "'medallion COMMAND --help' lists a command's options.",
      "MEDALLION_HEAP sets the heap (default 2g), MEDALLION_CONF the folder of the settings"
          + " (default flink-conf).",
      "",
      "Exit code: 0 done; 1 failed, or something is wrong; 2 wrong use; 130 interrupted.",
    })
final class RootOptions {

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print no progress.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description =
          "Print where an error came from, and what libraries log, unless the command has a log file.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
