package io.medallion.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;

/** What came of a command that ran in this process. */
public record CommandRun(int exitCode, String out, String err) {

  public static CommandRun of(Subcommand<?> command, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        CommandLineRunner.execute(
            command,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            arguments);
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Of a command on a lake. */
  public static CommandRun on(Object lake, Subcommand<?> command, String... options) {
    return of(
        command,
        Stream.concat(Stream.of("--lake", lake.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  /**
   * Fails the test unless the command did what it was asked for.
   *
   * @throws AssertionError with all that it said
   */
  public CommandRun done() {
    if (exitCode != ExitCode.DONE) {
      throw new AssertionError("Exit code " + exitCode + "\n" + err + out);
    }
    return this;
  }
}
