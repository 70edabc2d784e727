package io.medallion.local;

import io.medallion.generator.EventOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion local}. */
@Command(
    name = "local",
    sortOptions = false,
    customSynopsis = "medallion local [OPTION...]",
    header =
        "Runs everything on this machine: generator -> broker -> Flink job -> Delta tables -> dashboard.",
    description = {
      "",
      "Without --duration or --events it runs until Ctrl-C, which stops the job with a savepoint"
          + " (again: at once). The next start on the same lake goes on from there, as it does after"
          + " a crash. With one of them it ends when everything that was sent is in the tables and"
          + " all windows are closed.",
      ""
    },
    footer = {
      "",
      "Durations: 500ms, 60s, 5min, 1h. MEDALLION_HEAP sets the heap (default 2g).",
      "Exit codes: 0 done, or stopped by Ctrl-C where no end was given; 130 stopped before the end;"
          + " 1 the run failed, or its audit; 2 a wrong option, busy port, unusable folder or broker."
    })
final class LocalOptions {

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      defaultValue = "lake",
      description = "Folder of the tables, made if missing (default: ${DEFAULT-VALUE}).")
  private Path lake;

  @Mixin private EventOptions events;

  @Option(
      names = "--preload",
      description = "Send everything first, then start the job: the summary gives the job's speed.")
  private boolean preload;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Length of the gold windows (default: ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "How long windows wait for older events (default: ${DEFAULT-VALUE}).")
  private Duration outOfOrderness;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "Between commits to the tables (default: ${DEFAULT-VALUE}).")
  private Duration checkpointInterval;

  @Option(
      names = "--parallelism",
      paramLabel = "P",
      description = "Of the job; may change from run to run (default: the cores, at most 4).")
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the job, over that of flink-conf/job-local.properties; may be given more than"
              + " once.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "Read this broker instead of an own one; the Event Hubs connection string comes from"
              + " the environment variable EVENTHUBS_CONNECTION_STRING or a file.")
  private String bootstrap;

  @Option(
      names = "--connection-string-file",
      paramLabel = "FILE",
      description = "With --bootstrap: a file with the connection string.")
  private Path connectionStringFile;

  @Option(
      names = "--security-protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "SASL_SSL",
      description =
          "With --bootstrap: SASL_SSL, as Event Hubs; SASL_PLAINTEXT without TLS; SSL or PLAINTEXT"
              + " without sign-in (default: ${DEFAULT-VALUE}).")
  private SecurityProtocol securityProtocol;

  @Option(
      names = "--generate",
      description =
          "With --bootstrap: also send events there; beside senders that use transactions, whose markers"
              + " take offsets too, the run does not end by itself.")
  private boolean generate;

  @Option(
      names = "--topic",
      paramLabel = "T",
      description =
          "Topic or Event Hub (default: the contract's name; with --bootstrap: the connection string's EntityPath).")
  private String topic;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of Flink's web UI; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Of the broker; 0: any free one (default: ${DEFAULT-VALUE}).")
  private int brokerPort;

  @Option(
      names = "--audit",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Prove from the tables at the end that nothing is lost, doubled or wrong: always, never, or"
              + " auto, of lakes of up to 2 million events (default: ${DEFAULT-VALUE}).")
  private AuditChoice audit;

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      description = "Of the dashboard; 0: any free one (default: 8082, or any if that is taken).")
  private Integer dashboardPort;

  @Option(names = "--no-dashboard", description = "Leave the dashboard out.")
  private boolean noDashboard;

  @Option(names = "--json", description = "Print the summary as JSON, on standard output.")
  private boolean json;

  /** What to send. */
  EventOptions events() {
    return events;
  }

  /** Whether the run ends by itself. */
  boolean hasEnd() {
    return events.duration().isPresent() || events.events().isPresent();
  }

  Path lake() {
    return lake;
  }

  boolean preload() {
    return preload;
  }

  Duration window() {
    return window;
  }

  Duration outOfOrderness() {
    return outOfOrderness;
  }

  Duration checkpointInterval() {
    return checkpointInterval;
  }

  Optional<Integer> parallelism() {
    return Optional.ofNullable(parallelism);
  }

  Map<String, String> settings() {
    return settings;
  }

  Optional<String> bootstrap() {
    return Optional.ofNullable(bootstrap);
  }

  Optional<Path> connectionStringFile() {
    return Optional.ofNullable(connectionStringFile);
  }

  SecurityProtocol securityProtocol() {
    return securityProtocol;
  }

  boolean generate() {
    return generate;
  }

  Optional<String> topic() {
    return Optional.ofNullable(topic);
  }

  int uiPort() {
    return uiPort;
  }

  int brokerPort() {
    return brokerPort;
  }

  AuditChoice audit() {
    return audit;
  }

  Optional<Integer> dashboardPort() {
    return Optional.ofNullable(dashboardPort);
  }

  boolean noDashboard() {
    return noDashboard;
  }

  boolean json() {
    return json;
  }
}
