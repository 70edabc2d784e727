package io.medallion.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The job on a topic and a lake of its own, with the settings for Azure except for the addresses,
 * and windows of seconds. One job after the other goes on with it, from each other's state.
 */
final class WeatherJob {

  static final Duration WINDOW = Duration.ofSeconds(10);
  static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(2);

  private final WeatherPipeline pipeline;
  private final String topic;
  private final Path lakeFolder;
  private final LakeTables lake;
  private String id;

  WeatherJob(WeatherPipeline pipeline, String topic, Path lakeFolder) {
    this.pipeline = pipeline;
    this.topic = topic;
    this.lakeFolder = lakeFolder;
    this.lake = new LakeTables(lakeFolder);
  }

  /**
   * {@code flink run} without a state; waits until all tasks run.
   *
   * @param settings of the job besides the usual ones, as {@code --key value}
   */
  void start(int parallelism, String... settings) throws IOException, InterruptedException {
    submit(parallelism, Optional.empty(), List.of(settings));
  }

  /** As {@link #start}, with {@code flink run -s} from a savepoint or retained checkpoint. */
  void startFrom(String state, int parallelism, String... settings)
      throws IOException, InterruptedException {
    submit(parallelism, Optional.of(state), List.of(settings));
  }

  private void submit(int parallelism, Optional<String> from, List<String> settings)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(arguments());
    arguments.addAll(settings);
    String submitted = pipeline.cli().run(parallelism, from, arguments);
    id = submitted;
    Wait.until(
        "job " + submitted + " runs",
        pipeline.workspace(),
        () -> pipeline.cluster().rest().isRunning(submitted));
  }

  /** What follows the jar in {@code flink run}. */
  List<String> arguments() {
    return List.of(
        "--conf",
        BuildFolders.flinkConf().resolve("job-azure.properties").toString(),
        "--lake.path",
        lakeFolder.toUri().toString(),
        "--source.bootstrap.servers",
        pipeline.broker().bootstrapServers(),
        "--source.security.protocol",
        "SASL_PLAINTEXT",
        "--source.topic",
        topic,
        "--window.size",
        WINDOW.toSeconds() + " s",
        "--window.out.of.orderness",
        OUT_OF_ORDERNESS.toSeconds() + " s");
  }

  /** Flink's id of the job that was started last. */
  String id() {
    return id;
  }

  /** {@code flink stop}; returns the savepoint's path. */
  String stop() throws IOException, InterruptedException {
    return pipeline.cli().stop(id);
  }

  /** {@code flink stop --drain}: all windows are closed. Returns the savepoint's path. */
  String drain() throws IOException, InterruptedException {
    return pipeline.cli().drain(id);
  }

  LoadGenerator send(LoadGenerator.Load load) throws IOException {
    return LoadGenerator.start(pipeline.workspace(), pipeline.broker(), topic, load);
  }

  void awaitBronze(long rows) {
    Wait.until(rows + " rows in bronze", pipeline.workspace(), () -> lake.bronzeRows() >= rows);
  }

  void awaitAllTablesFilled() {
    Wait.until("rows in all six tables", pipeline.workspace(), lake::allFilled);
  }

  LakeTables lake() {
    return lake;
  }
}
