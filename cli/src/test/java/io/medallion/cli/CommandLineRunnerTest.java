package io.medallion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandLineRunnerTest {

  /** What a test does in place of a command. */
  private interface Action {
    int run(TestOptions options, Console console) throws Exception;
  }

  @Command(name = "tidy", description = "Tidies up.")
  static final class TestOptions {

    @Option(names = "--every")
    private Duration every = Duration.ofHours(1);

    @Option(names = "--from")
    private Instant from = Instant.EPOCH;
  }

  private record TestCommand(Action action) implements Subcommand<TestOptions> {

    @Override
    public Class<TestOptions> options() {
      return TestOptions.class;
    }

    @Override
    public int run(TestOptions options, Console console) throws Exception {
      return action.run(options, console);
    }
  }

  @Test
  void anErrorThatNobodyExpectedIsALineThatNamesAFileWithItsStackTrace() throws Exception {
    CommandRun run = failing(new IllegalStateException("a defect"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("medallion tidy: java.lang.IllegalStateException: a defect");
    Path log = Path.of(run.err().replaceAll("(?s).*stack trace: (.*)\\)\\R", "$1"));
    assertThat(Files.readString(log))
        .contains("medallion tidy", "Delta Kernel", "a defect")
        .contains("\tat io.medallion.cli.CommandLineRunnerTest");
    Files.delete(log);
  }

  @Test
  void whatStorageRefusesIsALineWithAllCauses() {
    CommandRun run = failing(new IOException("no", new IOException("permission")));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "medallion tidy: java.io.IOException: no; because of java.io.IOException: permission\n");
  }

  @Test
  void whatTheUserHasToChangeIsALine() {
    CommandRun run = failing(new WrongUse("--lake is no lake."));

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run.err()).isEqualToNormalizingNewlines("medallion tidy: --lake is no lake.\n");
  }

  @Test
  void verboseSaysWhereAnErrorCameFrom() {
    CommandRun run = failing(new WrongUse("no"), "--verbose");

    assertThat(run.err()).contains("\tat io.medallion.cli.CommandLineRunnerTest");
  }

  @Test
  void anInterruptEndsWith130() {
    CommandRun run = failing(new InterruptedException());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void aWrongOptionIsALineThatNamesTheHelp() {
    CommandRun run = run((options, console) -> 0, "--evry=1h");

    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run.err())
        .hasLineCount(1)
        .startsWith("medallion tidy: Unknown option: '--evry=1h'")
        .contains("'medallion tidy --help' lists the options.");
  }

  @Test
  void quietSaysWhatWasAskedForAndErrorsOnly() {
    CommandRun run =
        run(
            (options, console) -> {
              console.progress().println("half of it");
              console.err().println("a warning");
              console.out().println("the answer");
              return ExitCode.DONE;
            },
            "-q");

    assertThat(run.out()).isEqualToNormalizingNewlines("the answer\n");
    assertThat(run.err()).isEqualToNormalizingNewlines("a warning\n");
  }

  @Test
  void allCommandsReadDurationsAndTimesAlike() {
    TestOptions options =
        CommandLineRunner.parse(
            new TestCommand((given, console) -> 0), "--every=5min", "--from=2026-11-22");

    assertThat(options.every).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.from).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
  }

  @Test
  void helpListsTheCommandsAndTheOptionsOfEach() {
    assertThat(root("--help")).contains("tidy", "Tidies up.", "MEDALLION_HEAP");
    assertThat(root("tidy", "--help")).contains("medallion tidy", "--every", "--quiet");
    assertThat(root("--version")).contains("medallion", "Flink", "Delta Kernel", "Java");
    assertThat(root("completion")).contains("complete").contains("tidy");
  }

  @Test
  void withoutACommandTheHelpIsAnError() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode =
        runner(new ArrayList<>())
            .execute(new String[0], System.out, new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(exitCode).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: medallion");
  }

  @Test
  void loggingIsToldBeforeTheCommandRuns() {
    List<Boolean> told = new ArrayList<>();

    runner(told).execute(new String[] {"tidy", "-v"}, System.out, System.err);

    assertThat(told).containsExactly(true);
  }

  private static CommandLineRunner runner(List<Boolean> told) {
    return new CommandLineRunner(
        List.of(new TestCommand((options, console) -> ExitCode.DONE)), told::add);
  }

  private static String root(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exitCode =
        runner(new ArrayList<>())
            .execute(arguments, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static CommandRun failing(Exception problem, String... arguments) {
    return run(
        (options, console) -> {
          throw problem;
        },
        arguments);
  }

  private static CommandRun run(Action action, String... arguments) {
    return CommandRun.of(new TestCommand(action), arguments);
  }
}
