package io.medallion.local;

import io.medallion.cli.CommandLineRunner;

/** Options as they come from a command line. */
final class Options {

  private Options() {}

  static LocalOptions of(String... arguments) {
    return CommandLineRunner.parse(new LocalCommand(), arguments);
  }
}
