package io.medallion.dashboard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code medallion dashboard}; picocli implements this interface. */
@Command(
    name = "medallion dashboard",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = "medallion dashboard --lake DIR [OPTION...]",
    header =
        "Serves a page that shows the weather in gold and the health of a lake's tables, live.",
    description = {
      "",
      "Only reads the lake, which may be written to meanwhile, or not be there yet. Ctrl-C stops"
          + " it.",
      ""
    },
    footer = {
      "",
      "A token is at least 16 characters, in a file or in the environment variable"
          + " MEDALLION_DASHBOARD_TOKEN. It crosses the network as it is: elsewhere than on this"
          + " machine put a proxy with TLS in front.",
      "Exit codes: 0 stopped by Ctrl-C; 1 it failed; 2 a wrong option or a busy port."
    })
interface DashboardOptions {

  @Option(
      order = 1,
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description =
          "the lake's folder, or its URI, such as"
              + " abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/weather")
  String lake();

  @Option(
      order = 2,
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "to listen on; 0: any free one (default: ${DEFAULT-VALUE})")
  int port();

  @Option(
      order = 3,
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "to listen on (default: ${DEFAULT-VALUE}, this machine only); any other one needs a"
              + " token")
  String host();

  @Option(
      order = 4,
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file with the token that who opens the page must enter")
  Optional<Path> tokenFile();

  @Option(
      order = 5,
      names = "--refresh",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "between two looks at a table, such as 500ms, 5s (default: ${DEFAULT-VALUE})")
  Duration refresh();

  @Option(
      order = 6,
      names = "--conf",
      paramLabel = "FILE",
      description = "the job's settings; those for its storage are hadoop.*")
  Optional<String> conf();

  @Option(
      order = 7,
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of the job, over that of --conf; may be given more than once")
  Map<String, String> settings();

  @Option(
      order = 8,
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help();
}
