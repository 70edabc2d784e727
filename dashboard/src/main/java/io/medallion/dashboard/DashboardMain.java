package io.medallion.dashboard;

import io.medallion.maintenance.lake.LakeAccess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Entry point of {@code medallion dashboard}: command line in, a server until Ctrl-C. */
public final class DashboardMain {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_WRONG_USE = 2;
  private static final int MAX_PORT = 65_535;
  private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);
  private static final String LOGGING_PROPERTY = "log4j2.configurationFile";

  private DashboardMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(LOGGING_PROPERTY) == null) {
      System.setProperty(LOGGING_PROPERTY, "log4j2-maintenance.properties");
    }
    Optional<DashboardOptions> options = Optional.empty();
    int exitCode = 0;
    try {
      options = parse(arguments, System.out);
      if (options.isPresent()) {
        serveUntilInterrupted(start(options.get(), System.getenv()), System.out);
      }
    } catch (ParameterException e) {
      exitCode =
          fail(
              System.err,
              EXIT_WRONG_USE,
              e.getMessage() + ". 'medallion dashboard --help' lists the options.");
    } catch (UsageError e) {
      exitCode = fail(System.err, EXIT_WRONG_USE, e.getMessage());
    } catch (IOException | RuntimeException e) {
      exitCode = fail(System.err, EXIT_FAILED, e.toString());
    }
    System.exit(exitCode);
  }

  /** Empty if only help was asked for, and given. */
  static Optional<DashboardOptions> parse(String[] arguments, PrintStream out) {
    CommandLine line = new CommandLine(DashboardOptions.class);
    line.registerConverter(Duration.class, DashboardMain::duration);
    line.parseArgs(arguments);
    DashboardOptions options = line.getCommand();
    if (options.help()) {
      line.usage(out);
      return Optional.empty();
    }
    return Optional.of(options);
  }

  /**
   * @throws UsageError naming the option that is wrong
   */
  static Dashboard start(DashboardOptions options, Map<String, String> environment)
      throws IOException {
    if (options.port() < 0 || options.port() > MAX_PORT) {
      throw new UsageError("--port must be 0 to 65535, but is " + options.port() + ".");
    }
    if (options.refresh().compareTo(SHORTEST_REFRESH) < 0) {
      throw new UsageError("--refresh must be at least 100ms.");
    }
    InetAddress host = host(options.host());
    Optional<String> token = Token.find(options.tokenFile(), environment);
    if (!host.isLoopbackAddress() && token.isEmpty()) {
      throw new UsageError(
          "--host %s lets other machines in, so a token is needed: give --token-file, or set %s."
              .formatted(options.host(), Token.VARIABLE));
    }
    InetSocketAddress address = new InetSocketAddress(host, options.port());
    LakeAccess lake =
        new LakeAccess(
            options.lake(),
            options.conf(),
            options.settings() == null ? Map.of() : options.settings());
    try {
      return Dashboard.start(lake, address, token, options.refresh());
    } catch (IllegalArgumentException e) {
      throw new UsageError(e.getMessage(), e);
    } catch (BindException e) {
      throw new UsageError(
          "Cannot listen on %s port %d (%s): stop the program that holds it, or choose another port with --port (0 takes any free one)."
              .formatted(options.host(), options.port(), e.getMessage()),
          e);
    }
  }

  private static InetAddress host(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new UsageError("--host " + name + " is not known here.", e);
    }
  }

  private static void serveUntilInterrupted(Dashboard dashboard, PrintStream out)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  dashboard.close();
                  // The JVM's own exit code of a signal is 130 or 143; being stopped is no failure.
                  Runtime.getRuntime().halt(0);
                },
                "dashboard-stop"));
    out.println("dashboard " + dashboard.url() + " (Ctrl-C stops it)");
    never.await();
  }

  private static Duration duration(String value) {
    try {
      return TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException(
          "'%s' is not a duration: write a number and a unit, such as 500ms or 5s"
              .formatted(value));
    }
  }

  private static int fail(PrintStream err, int exitCode, String message) {
    err.println("medallion dashboard: " + message);
    return exitCode;
  }
}
