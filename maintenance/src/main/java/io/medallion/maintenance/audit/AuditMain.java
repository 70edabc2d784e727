package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Entry point of {@code medallion audit}: command line in, exit code out. */
public final class AuditMain {

  private static final int EXIT_BROKEN = 1;
  private static final int EXIT_WRONG_USE = 2;
  private static final int EXIT_INTERRUPTED = 130;

  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private AuditMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING_PROPERTY) == null) {
      System.setProperty(LOGGING_PROPERTY, "log4j2-maintenance.properties");
    }
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Runs an audit in this process.
   *
   * @return 0 if all checks hold, 1 if some do not or a table cannot be read, 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(AuditOptions.class);
    line.registerConverter(Instant.class, AuditMain::instant);
    AuditOptions options;
    try {
      line.parseArgs(arguments);
      options = line.getCommand();
    } catch (ParameterException e) {
      return fail(
          err, EXIT_WRONG_USE, e.getMessage() + ". 'medallion audit --help' lists the options.");
    }
    if (options.help()) {
      line.usage(out);
      return 0;
    }
    if (!options.range().from().isBefore(options.range().to())) {
      return fail(err, EXIT_WRONG_USE, "--from must be before --to.");
    }
    try {
      return run(options, out, err);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail(err, EXIT_INTERRUPTED, "interrupted");
    } catch (RuntimeException e) {
      return fail(err, EXIT_BROKEN, "cannot read the lake: " + reasons(e));
    }
  }

  private static int run(AuditOptions options, PrintStream out, PrintStream err)
      throws InterruptedException {
    LakeVersion lake = Lake.at(options.lake()).open();
    if (lake.tables().isEmpty()) {
      return fail(
          err,
          EXIT_WRONG_USE,
          options.lake()
              + " holds no table of a lake: --lake must name the folder that 'bronze' is in.");
    }
    AuditReport report = AuditReport.of(options.lake(), lake, options.range(), err);
    out.println(
        options.json() ? report.toJson().toPrettyString() : report.toText().stripTrailing());
    return report.holds() ? 0 : EXIT_BROKEN;
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

  /** The causes' messages, outermost first: Kernel wraps what storage says. */
  private static String reasons(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; because of ").append(cause);
    }
    return text.toString();
  }

  private static int fail(PrintStream err, int exitCode, String message) {
    err.println("medallion audit: " + message);
    return exitCode;
  }
}
