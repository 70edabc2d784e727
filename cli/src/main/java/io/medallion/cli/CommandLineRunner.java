package io.medallion.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line: options are parsed, an expected error becomes one line and a code. An error
 * that nobody expected becomes one line that names a file with its stack trace.
 */
public final class CommandLineRunner {

  /** Where the terminal does not say how wide it is. */
  private static final int WIDTH = 100;

  private final Map<CommandSpec, Subcommand<?>> commands = new HashMap<>();
  private final RootOptions options = new RootOptions();
  private final CommandLine root = new CommandLine(options);
  private final Consumer<Boolean> logging;

  /**
   * @param logging is told before the command runs whether it is to be verbose
   */
  CommandLineRunner(List<Subcommand<?>> commands, Consumer<Boolean> logging) {
    this.logging = logging;
    commands.forEach(command -> add(root, command));
    root.addSubcommand(new Completion());
    root.setUsageHelpWidth(WIDTH);
    root.setUsageHelpAutoWidth(true);
    root.registerConverter(Instant.class, new InstantConverter());
    root.registerConverter(Duration.class, new DurationConverter());
    root.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private void add(CommandLine parent, Subcommand<?> command) {
    CommandLine line = new CommandLine(command.options());
    command.subcommands().forEach(below -> add(line, below));
    parent.addSubcommand(line);
    commands.put(line.getCommandSpec(), command);
  }

  /**
   * Runs one command in this process.
   *
   * @param arguments without the command's name
   * @return the exit code
   */
  public static int execute(
      Subcommand<?> command, PrintStream out, PrintStream err, String... arguments) {
    return of(command).execute(named(command, arguments), out, err);
  }

  /**
   * The options that the arguments of a command say.
   *
   * @param arguments without the command's name
   * @throws ParameterException if they are wrong
   */
  public static <O> O parse(Subcommand<O> command, String... arguments) {
    ParseResult result = of(command).root.parseArgs(named(command, arguments));
    return command.options().cast(result.subcommand().commandSpec().userObject());
  }

  private static CommandLineRunner of(Subcommand<?> command) {
    return new CommandLineRunner(List.of(command), verbose -> {});
  }

  private static String[] named(Subcommand<?> command, String... arguments) {
    return Stream.concat(Stream.of(name(command)), Stream.of(arguments)).toArray(String[]::new);
  }

  static String name(Subcommand<?> command) {
    return command.options().getAnnotation(Command.class).name();
  }

  /**
   * Runs the command that the arguments name.
   *
   * @return the exit code: the command's, or one of {@link ExitCode}
   */
  int execute(String[] arguments, PrintStream out, PrintStream err) {
    root.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    try {
      ParseResult result = root.parseArgs(arguments);
      Integer helped = CommandLine.executeHelpRequest(result);
      if (helped != null) {
        return helped;
      }
      while (result.hasSubcommand()) {
        result = result.subcommand();
      }
      CommandSpec spec = result.commandSpec();
      if (spec.userObject() instanceof Runnable builtIn) {
        builtIn.run();
        return ExitCode.DONE;
      }
      if (!spec.subcommands().isEmpty()) {
        spec.commandLine().usage(err);
        return ExitCode.WRONG_USE;
      }
      logging.accept(options.verbose);
      return run(
          commands.get(spec), spec, spec.qualifiedName(), Console.of(out, err, options.quiet));
    } catch (ParameterException e) {
      CommandSpec spec = e.getCommandLine().getCommandSpec();
      String name = spec.qualifiedName();
      err.printf(
          "%s: %s '%s --help' lists the %s.%n",
          name, problem(spec, e), name, spec.subcommands().isEmpty() ? "options" : "commands");
      return ExitCode.WRONG_USE;
    }
  }

  private static String problem(CommandSpec spec, ParameterException problem) {
    if (spec.subcommands().isEmpty()
        || !(problem instanceof UnmatchedArgumentException unmatched)
        || unmatched.isUnknownOption()) {
      return problem.getMessage() + ".";
    }
    return "there is no command '%s'; there are %s."
        .formatted(unmatched.getUnmatched().get(0), String.join(", ", spec.subcommands().keySet()));
  }

  private <O> int run(Subcommand<O> command, CommandSpec spec, String name, Console console) {
    try {
      return command.run(command.options().cast(spec.userObject()), console);
    } catch (ParameterException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(name, e, new Failure(ExitCode.INTERRUPTED, "interrupted"), console.err());
    } catch (WrongUse e) {
      return fail(name, e, Failure.wrongUse(e), console.err());
    } catch (Exception e) {
      Optional<Failure> expected = command.explain(e);
      return fail(name, e, expected.orElseGet(() -> unexpected(name, e)), console.err());
    }
  }

  private int fail(String name, Exception problem, Failure failure, PrintStream err) {
    err.println(name + ": " + failure.message());
    if (options.verbose) {
      problem.printStackTrace(err);
    }
    return failure.exitCode();
  }

  /** Where it came from is all that is known. */
  private static Failure unexpected(String name, Exception problem) {
    String message = Failure.withReasons(problem).message().lines().findFirst().orElse("");
    try {
      Path file = Files.createTempFile(name.replace(' ', '-') + "-", ".log");
      try (PrintWriter log = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
        log.println(Instant.now() + " " + name);
        for (String version : new Version().getVersion()) {
          log.println(version);
        }
        problem.printStackTrace(log);
      }
      return new Failure(ExitCode.FAILED, message + " (a defect; stack trace: " + file + ")");
    } catch (IOException unwritable) {
      problem.addSuppressed(unwritable);
      return new Failure(
          ExitCode.FAILED, message + " (a defect; --verbose prints its stack trace)");
    }
  }
}
