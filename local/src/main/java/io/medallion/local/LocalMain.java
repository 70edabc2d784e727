package io.medallion.local;

import io.medallion.broker.BrokerStartException;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.generator.Rate;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Entry point of {@code medallion local}: command line in, exit code out. */
public final class LocalMain {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_WRONG_USE = 2;

  private LocalMain() {}

  public static void main(String[] arguments) {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    int exitCode = execute(arguments, System.out, System.err);
    // Ends threads that the broker or Flink may have left.
    System.exit(exitCode);
  }

  static int execute(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine line = commandLine();
    LocalOptions options;
    try {
      line.parseArgs(arguments);
      options = line.getCommand();
    } catch (ParameterException e) {
      return fail(
          err, EXIT_WRONG_USE, e.getMessage() + ". 'medallion local --help' lists the options.");
    }
    if (options.help()) {
      line.usage(out);
      return 0;
    }
    try {
      return new LocalRun(options, confFolder(), StopSignal.install(), out, err).run();
    } catch (UserError | BrokerStartException | BrokerUnavailableException e) {
      return fail(err, EXIT_WRONG_USE, e.getMessage());
    } catch (JobFailedException e) {
      return fail(err, EXIT_FAILED, "the job failed: " + e.getMessage() + RunLog.hint());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(err, StopSignal.EXIT_INTERRUPTED, "interrupted");
    } catch (Exception e) {
      RunLog.write(e, err);
      String cause = e.toString().lines().findFirst().orElse("");
      return fail(err, EXIT_FAILED, cause + RunLog.hint());
    }
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(LocalOptions.class);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Duration.class, LocalMain::duration);
    line.registerConverter(Rate.class, LocalMain::rate);
    return line;
  }

  /** The settings that come with the programs; the script {@code medallion} says where. */
  static Path confFolder() {
    return Path.of(System.getProperty("medallion.conf", "flink-conf"));
  }

  private static int fail(PrintStream err, int exitCode, String message) {
    err.println("medallion local: " + message);
    return exitCode;
  }

  private static Duration duration(String value) {
    try {
      return TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException(
          "'%s' is not a duration: write a number and a unit, such as 500ms, 60s, 5min, 1h"
              .formatted(value));
    }
  }

  private static Rate rate(String value) {
    try {
      return Rate.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
