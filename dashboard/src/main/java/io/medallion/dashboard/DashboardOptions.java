package io.medallion.dashboard;

import io.medallion.maintenance.cli.LakeOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion dashboard}. */
@Command(
    name = "dashboard",
    header = "Shows the gold of a lake as charts, and the health of its tables, on a web page.",
    sortOptions = false,
    description =
        "Only reads the lake, which may be written to meanwhile, or not be there yet. Ctrl-C"
            + " stops it.",
    footer = {
      "",
      "A token is at least 16 characters, in a file or in the environment variable"
          + " MEDALLION_DASHBOARD_TOKEN. It crosses the network as it is: elsewhere than on this"
          + " machine put a proxy with TLS in front.",
      "",
      "Exit code: 0 stopped by Ctrl-C; 1 it failed; 2 a wrong option or a busy port."
    })
final class DashboardOptions {

  @Mixin private LakeOptions lake;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "To listen on; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8082;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "To listen on (default: ${DEFAULT-VALUE}, this machine only); any other one needs a token.")
  private String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the token that who opens the page must enter.")
  private Path tokenFile;

  @Option(
      names = "--refresh",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "Between two looks at a table, such as 500ms, 5s (default: ${DEFAULT-VALUE}).")
  private Duration refresh;

  LakeOptions lake() {
    return lake;
  }

  int port() {
    return port;
  }

  String host() {
    return host;
  }

  Optional<Path> tokenFile() {
    return Optional.ofNullable(tokenFile);
  }

  Duration refresh() {
    return refresh;
  }
}
