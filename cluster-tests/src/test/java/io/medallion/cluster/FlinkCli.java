package io.medallion.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code flink}, run as Flink's script runs it. */
final class FlinkCli {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");

  private final Workspace workspace;
  private final FlinkConf conf;
  private final Map<String, String> environment;

  FlinkCli(Workspace workspace, FlinkConf conf, Map<String, String> environment) {
    this.workspace = workspace;
    this.conf = conf;
    this.environment = environment;
  }

  /**
   * {@code flink run -d}.
   *
   * @param from a savepoint or retained checkpoint to go on from
   * @return the job's id
   */
  String run(int parallelism, Optional<String> from, List<String> jobArguments)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(parallelism)));
    from.ifPresent(path -> arguments.addAll(List.of("-s", path)));
    arguments.add(BuildFolders.jobJar().toString());
    arguments.addAll(jobArguments);
    return parse(JOB_ID, succeed(arguments));
  }

  /** {@code flink stop}; returns the savepoint's path. */
  String stop(String jobId) throws IOException, InterruptedException {
    return parse(SAVEPOINT, succeed(List.of("stop", jobId)));
  }

  /** {@code flink stop --drain}: closes all windows first; returns the savepoint's path. */
  String drain(String jobId) throws IOException, InterruptedException {
    return parse(SAVEPOINT, succeed(List.of("stop", "--drain", jobId)));
  }

  /** Runs any command of {@code flink} to its end. */
  JavaProcess execute(String... arguments) throws IOException, InterruptedException {
    return execute(Arrays.asList(arguments));
  }

  JavaProcess execute(List<String> arguments) throws IOException, InterruptedException {
    JavaProcess process =
        JavaProcess.of("org.apache.flink.client.cli.CliFrontend")
            .classPath(BuildFolders.flinkClassPath())
            .jvm("-Xmx400m", conf.cliLogging())
            .jvm(conf.jvmOptions())
            .environment(Map.of("FLINK_CONF_DIR", conf.folder().toString()))
            .environment(environment)
            .arguments(arguments)
            .start(workspace, "flink-" + arguments.get(0));
    process.awaitExit(LIMIT);
    return process;
  }

  private JavaProcess succeed(List<String> arguments) throws IOException, InterruptedException {
    JavaProcess process = execute(arguments);
    if (process.awaitExit(LIMIT) != 0) {
      throw new FlinkCommandException("flink " + arguments.get(0) + " failed:\n" + process.tails());
    }
    return process;
  }

  private static String parse(Pattern pattern, JavaProcess process) {
    Matcher matcher = pattern.matcher(process.out());
    if (!matcher.find()) {
      throw new FlinkCommandException(
          "No '%s' in the output of %s".formatted(pattern, process.tails()));
    }
    return matcher.group(1);
  }
}
