package io.medallion.maintenance.cli;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.medallion.contract.ContractException;
import io.medallion.delta.TableConflictException;
import io.medallion.job.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Runs a command of {@code medallion}: options are parsed, errors become a line and a code. */
public final class Tool {

  /** A table can't be read or written, or does not hold what it should. */
  public static final int EXIT_FAILED = 1;

  private static final int EXIT_WRONG_USE = 2;
  private static final int EXIT_INTERRUPTED = 130;

  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private Tool() {}

  /** What a command does. */
  public interface Action<O> {

    /** Returns the exit code. */
    int run(O options, PrintStream out, PrintStream err) throws IOException, InterruptedException;
  }

  /** To be called before anything else, by a program's main method. */
  public static void prepare() {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(LOGGING_PROPERTY) == null) {
      System.setProperty(LOGGING_PROPERTY, "log4j2-maintenance.properties");
    }
  }

  /**
   * Runs a command in this process.
   *
   * @param name as after {@code medallion}
   * @param type a class that picocli fills with the options, but for {@code --help}
   * @return the exit code: the action's, 1 if it failed, 2 for wrong use, 130 if interrupted
   */
  public static <O> int execute(
      String name,
      Class<O> type,
      Action<O> action,
      String[] arguments,
      PrintStream out,
      PrintStream err) {
    CommandLine line = new CommandLine(type);
    // After its own options.
    line.getCommandSpec().addOption(help());
    line.registerConverter(Instant.class, Tool::instant);
    line.registerConverter(Duration.class, Tool::duration);
    line.registerConverter(MemorySize.class, Tool::size);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      line.parseArgs(arguments);
      if (line.isUsageHelpRequested()) {
        line.usage(out);
        return 0;
      }
      return action.run(line.getCommand(), out, err);
    } catch (ParameterException e) {
      String advice = ". 'medallion %s --help' lists the options.".formatted(name);
      return fail(name, err, EXIT_WRONG_USE, e.getMessage() + advice);
    } catch (WrongUse | ConfigException e) {
      return fail(name, err, EXIT_WRONG_USE, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(name, err, EXIT_INTERRUPTED, "interrupted");
    } catch (TableConflictException | ContractException e) {
      return fail(name, err, EXIT_FAILED, e.getMessage());
    } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
      return fail(name, err, EXIT_FAILED, reasons(e));
    } catch (RuntimeException e) {
      // Nobody has thought of it: where it came from is all that is known.
      int exitCode = fail(name, err, EXIT_FAILED, reasons(e));
      e.printStackTrace(err);
      return exitCode;
    }
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  private static Instant instant(String value) {
    try {
      return value.contains("T")
          ? OffsetDateTime.parse(value).toInstant()
          : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'%s' is not a time: write 2026-11-22 or 2026-11-22T12:00:00Z".formatted(value));
    }
  }

  private static Duration duration(String value) {
    try {
      return TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is not a length of time: write 12h or 7d".formatted(value));
    }
  }

  private static MemorySize size(String value) {
    try {
      return MemorySize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s' is not a size: write 128mb".formatted(value));
    }
  }

  /** The causes' messages, outermost first: Kernel wraps what storage says. */
  public static String reasons(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; because of ").append(cause);
    }
    return text.toString();
  }

  private static int fail(String name, PrintStream err, int exitCode, String message) {
    err.println("medallion " + name + ": " + message);
    return exitCode;
  }
}
