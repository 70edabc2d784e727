package io.medallion.local;

import io.medallion.generator.Rate;
import io.medallion.generator.rate.RateShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code medallion local}; picocli implements this interface. */
@Command(
    name = "medallion local",
    sortOptions = false,
    usageHelpWidth = 100,
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
interface LocalOptions {

  @Option(
      order = 1,
      names = "--lake",
      paramLabel = "DIR",
      defaultValue = "lake",
      description = "folder of the tables, made if missing (default: ${DEFAULT-VALUE})")
  Path lake();

  @Option(
      order = 2,
      names = "--contract",
      paramLabel = "FILE",
      description =
          "what the events and tables are: a contract file, or one that ships, weather or telemetry"
              + " (default: weather); a lake stays with its contract")
  Optional<String> contract();

  @Option(
      order = 3,
      names = "--duration",
      paramLabel = "TIME",
      description = "send for this long, then end")
  Optional<Duration> duration();

  @Option(
      order = 4,
      names = "--events",
      paramLabel = "N",
      description = "send this many events, then end; with --bootstrap: read this many")
  Optional<Long> events();

  @Option(
      order = 5,
      names = "--rate",
      paramLabel = "R",
      description = "events per second, or 'max' (default: 1000; with --events: max)")
  Optional<Rate> rate();

  @Option(
      order = 6,
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "constant",
      description = "of the rate: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  RateShape shape();

  @Option(
      order = 7,
      names = "--preload",
      description = "send everything first, then start the job: the summary gives the job's speed")
  boolean preload();

  @Option(
      order = 8,
      names = {"--stations", "--senders"},
      paramLabel = "S",
      defaultValue = "100",
      description = "stations, or other senders, that report (default: ${DEFAULT-VALUE})")
  int stations();

  @Option(
      order = 9,
      names = "--seed",
      paramLabel = "X",
      description = "the same seed sends the same events (default: random, and printed)")
  Optional<Long> seed();

  @Option(
      order = 10,
      names = "--invalid-ratio",
      paramLabel = "P",
      description = "share of broken events, 0 to 1 (default: 0.01)")
  Optional<Double> invalidRatio();

  @Option(
      order = 11,
      names = "--duplicate-ratio",
      paramLabel = "P",
      description = "share of repeated events (default: 0.01 if events have an id)")
  Optional<Double> duplicateRatio();

  @Option(
      order = 12,
      names = "--late-ratio",
      paramLabel = "P",
      description = "share of events whose window has closed (default: 0.01 if events tell a time)")
  Optional<Double> lateRatio();

  @Option(
      order = 13,
      names = "--future-ratio",
      paramLabel = "P",
      description =
          "share of events with a time in the future (default: 0.001 if events tell a time)")
  Optional<Double> futureRatio();

  @Option(
      order = 14,
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "length of the gold windows (default: ${DEFAULT-VALUE})")
  Duration window();

  @Option(
      order = 15,
      names = "--out-of-orderness",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "how long windows wait for older events (default: ${DEFAULT-VALUE})")
  Duration outOfOrderness();

  @Option(
      order = 16,
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "between commits to the tables (default: ${DEFAULT-VALUE})")
  Duration checkpointInterval();

  @Option(
      order = 17,
      names = "--parallelism",
      paramLabel = "P",
      description = "of the job; may change from run to run (default: the cores, at most 4)")
  Optional<Integer> parallelism();

  @Option(
      order = 18,
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "a setting of the job, over that of flink-conf/job-local.properties; may be given more than"
              + " once")
  Map<String, String> settings();

  @Option(
      order = 19,
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "read this broker instead of an own one; the Event Hubs connection string comes from"
              + " the environment variable EVENTHUBS_CONNECTION_STRING or a file")
  Optional<String> bootstrap();

  @Option(
      order = 20,
      names = "--connection-string-file",
      paramLabel = "FILE",
      description = "with --bootstrap: a file with the connection string")
  Optional<Path> connectionStringFile();

  @Option(
      order = 21,
      names = "--security-protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "SASL_SSL",
      description =
          "with --bootstrap: SASL_SSL, as Event Hubs; SASL_PLAINTEXT without TLS; SSL or PLAINTEXT"
              + " without sign-in (default: ${DEFAULT-VALUE})")
  SecurityProtocol securityProtocol();

  @Option(
      order = 22,
      names = "--generate",
      description =
          "with --bootstrap: also send events there; beside senders that use transactions, whose markers"
              + " take offsets too, the run does not end by itself")
  boolean generate();

  @Option(
      order = 23,
      names = "--topic",
      paramLabel = "T",
      description =
          "topic or Event Hub (default: the contract's name; with --bootstrap: the connection string's EntityPath)")
  Optional<String> topic();

  @Option(
      order = 24,
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "of Flink's web UI; 0: any free one (default: ${DEFAULT-VALUE})")
  int uiPort();

  @Option(
      order = 25,
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "of the broker; 0: any free one (default: ${DEFAULT-VALUE})")
  int brokerPort();

  @Option(
      order = 26,
      names = "--audit",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "prove from the tables at the end that nothing is lost, doubled or wrong: always, never, or"
              + " auto, of lakes of up to 2 million events (default: ${DEFAULT-VALUE})")
  AuditChoice audit();

  @Option(
      order = 27,
      names = "--dashboard-port",
      paramLabel = "PORT",
      description = "of the dashboard; 0: any free one (default: 8082, or any if that is taken)")
  Optional<Integer> dashboardPort();

  @Option(order = 28, names = "--no-dashboard", description = "leave the dashboard out")
  boolean noDashboard();

  @Option(
      order = 29,
      names = "--json",
      description = "print the summary as JSON, on standard output")
  boolean json();

  @Option(
      order = 30,
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help();
}
