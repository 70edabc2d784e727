package io.medallion.job.preflight;

import io.medallion.eventhubs.BrokerProbe;
import io.medallion.eventhubs.BrokerUnavailableException;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.job.config.JobConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries, in the process that submits the job, what the job will need: the broker and its topic, the
 * lake and its contract, the folders for checkpoints, savepoints and high availability, and the
 * checkpoint to go on from. Each has its own deadline; all that fail are told at once.
 */
public final class Preflight {

  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private static final String LAKE_CREDENTIALS =
      "hadoop.fs.azure.account.* in the job's settings, or core-site.xml in HADOOP_CONF_DIR";
  private static final String FLINK_CREDENTIALS =
      "flink.hadoop.fs.azure.account.* in Flink's configuration, or core-site.xml in HADOOP_CONF_DIR";

  private Preflight() {}

  /**
   * Does nothing if the settings switch it off.
   *
   * @param flink Flink's own configuration, which names the folders of its state
   * @return what should be known about things that can be used, a sentence each
   * @throws PreflightException if something cannot be used
   */
  public static List<String> check(JobConfig config, ReadableConfig flink) {
    if (!config.preflight().enabled()) {
      return List.of();
    }
    Duration deadline = config.preflight().deadline();
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try {
      BrokerProbe.check(config.source().probeProperties(), config.source().topic(), deadline);
      warnings.addAll(warnings(config));
    } catch (BrokerUnavailableException e) {
      failures.add(e.getMessage());
    }
    for (FolderProbe probe : folders(config, flink)) {
      probe.failure(deadline).ifPresent(failures::add);
    }
    SavedBackend.failure(flink, deadline).ifPresent(failures::add);
    ContractCheck contract = ContractCheck.of(config);
    failures.addAll(contract.failures());
    warnings.addAll(contract.warnings());
    contract.additions().forEach(LOG::info);
    if (!failures.isEmpty()) {
      throw new PreflightException(failures);
    }
    return warnings;
  }

  private static List<String> warnings(JobConfig config) {
    try (EventHubLookup hub = config.source().lookup()) {
      return hub.warnings();
    }
  }

  private static List<FolderProbe> folders(JobConfig config, ReadableConfig flink) {
    List<FolderProbe> probes = new ArrayList<>();
    String lake = config.sink().lakePath();
    probes.add(
        new FolderProbe(
            "the lake",
            "lake.path",
            lake,
            LAKE_CREDENTIALS,
            () -> HadoopFolder.open(lake, config.sink().hadoop())));
    add(probes, "the folder for checkpoints", CheckpointingOptions.CHECKPOINTS_DIRECTORY, flink);
    add(probes, "the folder for savepoints", CheckpointingOptions.SAVEPOINT_DIRECTORY, flink);
    add(probes, "the folder for high availability", HighAvailabilityOptions.HA_STORAGE_PATH, flink);
    return probes;
  }

  private static void add(
      List<FolderProbe> probes, String what, ConfigOption<String> option, ReadableConfig flink) {
    flink
        .getOptional(option)
        .ifPresent(
            folder ->
                probes.add(
                    new FolderProbe(
                        what,
                        option.key(),
                        folder,
                        FLINK_CREDENTIALS,
                        () -> FlinkFolder.open(folder))));
  }
}
