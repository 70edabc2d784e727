package io.medallion.local;

import picocli.CommandLine;

/** Options as they come from a command line. */
final class Options {

  private Options() {}

  static LocalOptions of(String... arguments) {
    CommandLine line = LocalMain.commandLine();
    line.parseArgs(arguments);
    return line.getCommand();
  }
}
