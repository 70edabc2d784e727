package io.medallion.dashboard;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code medallion dashboard}: a server until Ctrl-C. */
public final class DashboardCommand implements LakeCommand<DashboardOptions> {

  private static final int MAX_PORT = 65_535;
  private static final Duration SHORTEST_REFRESH = Duration.ofMillis(100);

  @Override
  public Class<DashboardOptions> options() {
    return DashboardOptions.class;
  }

  @Override
  public int run(DashboardOptions options, Console console)
      throws IOException, InterruptedException {
    serveUntilInterrupted(start(options, System.getenv()), console.out());
    return ExitCode.DONE;
  }

  /**
   * @throws WrongUse naming the option that is wrong
   */
  static Dashboard start(DashboardOptions options, Map<String, String> environment)
      throws IOException {
    if (options.port() < 0 || options.port() > MAX_PORT) {
      throw new WrongUse("--port must be 0 to 65535, but is " + options.port() + ".");
    }
    if (options.refresh().compareTo(SHORTEST_REFRESH) < 0) {
      throw new WrongUse("--refresh must be at least 100ms.");
    }
    InetAddress host = host(options.host());
    Optional<String> token = Token.find(options.tokenFile(), environment);
    if (!host.isLoopbackAddress() && token.isEmpty()) {
      throw new WrongUse(
          "--host %s lets other machines in, so a token is needed: give --token-file, or set %s."
              .formatted(options.host(), Token.VARIABLE));
    }
    InetSocketAddress address = new InetSocketAddress(host, options.port());
    try {
      return Dashboard.start(options.lake().access(), address, token, options.refresh());
    } catch (IllegalArgumentException e) {
      throw new WrongUse(e.getMessage(), e);
    } catch (BindException e) {
      throw new WrongUse(
          "Cannot listen on %s port %d (%s): stop the program that holds it, or choose another port with --port (0 takes any free one)."
              .formatted(options.host(), options.port(), e.getMessage()),
          e);
    }
  }

  private static InetAddress host(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException e) {
      throw new WrongUse("--host " + name + " is not known here.", e);
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
}
