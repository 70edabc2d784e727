package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.job.hub.HubName;
import io.medallion.job.rules.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The job's settings for records that were read from the Event Hub before: nothing of the source's
 * settings is needed but {@code source.idle.timeout}, and no secret of it read.
 */
public final class ReplayConfig {

  private ReplayConfig() {}

  /**
   * Reads the same arguments as the job.
   *
   * @param hub that the records are of
   * @param ofLake the contract of the lake, which counts if the settings name none
   * @param windows the sizes that windows have in the lake, by what the contract says of the table;
   *     unless the settings tell one, they count where the contract still says the same
   * @throws ConfigException if a setting is unknown, malformed or missing
   */
  public static JobConfig of(
      HubName hub, Contract ofLake, Map<Optional<Duration>, Duration> windows, String... args) {
    Settings settings = Settings.fromArgs(args);
    Rules rules = RulesConfig.of(settings, ofLake);
    JobConfig config =
        new JobConfig(
            new SourceConfig(
                hub.topic(),
                Map.of(),
                Map.of(),
                "replay",
                StartingOffsets.EARLIEST,
                ExpiredOffsets.FAIL,
                true,
                hub.generation()),
            rules,
            AlarmConfig.of(settings),
            DeduplicationConfig.of(settings),
            windows(settings, rules.contract(), windows),
            SinkConfig.of(settings),
            CompactionConfig.of(settings, rules.contract()),
            PreflightConfig.of(settings));
    JobConfig.requireAgreement(config);
    return config;
  }

  private static WindowConfig windows(
      Settings settings, Contract contract, Map<Optional<Duration>, Duration> ofLake) {
    WindowConfig told = WindowConfig.of(settings, contract);
    if (settings.isGiven(ConfigKey.WINDOW_SIZE)) {
      return told;
    }
    List<Duration> tables = new ArrayList<>();
    for (int i = 0; i < told.tables().size(); i++) {
      tables.add(ofLake.getOrDefault(contract.gold().get(i).window(), told.tables().get(i)));
    }
    return new WindowConfig(tables, told.lateness());
  }
}
