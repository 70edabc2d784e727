package io.medallion.maintenance.contract;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Subcommand;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code medallion contract}: the group of commands on contracts. */
public final class ContractCommand implements Subcommand<ContractCommand.None> {

  /** It has no options of its own. */
  @Command(
      name = "contract",
      header = "Checks, compares, describes or exports a contract, and tries it on sample events.",
      description =
          "A contract says what events and tables are; docs/contract.md. CONTRACT is a file, or the"
              + " name of one that ships (weather, telemetry). No lake and no broker is needed.",
      synopsisSubcommandLabel = "COMMAND CONTRACT",
      commandListHeading = "%nCommands:%n",
      footer = {"", "'medallion contract COMMAND --help' lists a command's options."})
  static final class None {}

  @Override
  public Class<None> options() {
    return None.class;
  }

  @Override
  public List<Subcommand<?>> subcommands() {
    return List.of(new CheckCommand(), new DiffCommand(), new DocsCommand(), new ExportCommand());
  }

  @Override
  public int run(None options, Console console) {
    return ExitCode.WRONG_USE;
  }
}
