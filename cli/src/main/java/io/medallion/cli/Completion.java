package io.medallion.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code medallion completion}: prints a script for the shell. */
@Command(
    name = "completion",
    description = "Prints what makes bash and zsh complete commands and options.",
    footer = {"", "Use: source <(medallion completion)"})
final class Completion implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    root.getOut().print(AutoComplete.bash(root.getCommandName(), root));
    root.getOut().flush();
  }
}
