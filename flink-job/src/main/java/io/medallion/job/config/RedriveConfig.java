package io.medallion.job.config;

import io.medallion.job.event.TumblingWindows;
import io.medallion.job.rules.Rules;
import java.util.Optional;

/**
 * The job's settings as far as they matter when events are judged again without the job: nothing of
 * the source is needed, and no secret of it read.
 *
 * @param windows of gold, if their size is given
 */
public record RedriveConfig(Rules rules, Optional<TumblingWindows> windows, SinkConfig sink) {

  /**
   * Reads the same arguments as the job.
   *
   * @throws ConfigException if a setting is unknown, malformed or missing
   */
  public static RedriveConfig fromArgs(String... args) {
    Settings settings = Settings.fromArgs(args);
    return new RedriveConfig(
        RulesConfig.of(settings),
        settings.isGiven(ConfigKey.WINDOW_SIZE)
            ? Optional.of(WindowConfig.of(settings).windows())
            : Optional.empty(),
        SinkConfig.of(settings));
  }
}
