package io.medallion.local;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * The Flink configuration of a local run: {@code flink-conf/config.yaml} as it is shipped, with
 * this machine's ports, folders, parallelism and checkpoint interval on top.
 *
 * <p>Two things differ on purpose: the Prometheus reporter is left out, because it cannot be bound
 * to the loopback address, and a job that keeps failing gives up after {@value #RESTARTS} restarts,
 * because somebody is watching.
 */
final class FlinkSettings {

  static final int RESTARTS = 5;

  /** More than the own topic has partitions would find nothing to read. */
  private static final int MOST_CORES = Source.PARTITIONS;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String REPORTERS = "metrics.reporter.";

  private FlinkSettings() {}

  /** The settings that come with the programs; the script {@code medallion} says where. */
  static Path folder() {
    return Path.of(System.getProperty("medallion.conf", "flink-conf"));
  }

  static Configuration load(LocalOptions options, Path confFolder, LakeFolder lake) {
    Configuration flink =
        load(confFolder, options.uiPort(), lake.temp(), lake.checkpoints(), lake.savepoints());
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism(options));
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
    return flink;
  }

  /**
   * Without parallelism and checkpoint interval.
   *
   * @param uiPort 0 for any
   */
  static Configuration load(
      Path confFolder, int uiPort, Path temp, Path checkpoints, Path savepoints) {
    Configuration flink = GlobalConfiguration.loadConfiguration(confFolder.toString());
    List.copyOf(flink.keySet()).stream()
        .filter(key -> key.startsWith(REPORTERS))
        .forEach(flink::removeKey);

    flink.set(RestOptions.ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    flink.set(RestOptions.PORT, uiPort);
    flink.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
    flink.set(JobManagerOptions.ADDRESS, LOOPBACK);
    flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    flink.set(TaskManagerOptions.HOST, LOOPBACK);
    flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);

    flink.set(CoreOptions.TMP_DIRS, temp.toString());
    flink.set(WebOptions.TMP_DIR, temp.toString());
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, LakeFolder.uri(checkpoints));
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, LakeFolder.uri(savepoints));

    flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    return flink;
  }

  private static int parallelism(LocalOptions options) {
    int cores = Runtime.getRuntime().availableProcessors();
    return options.parallelism().orElse(Math.min(cores, MOST_CORES));
  }
}
