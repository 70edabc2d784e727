package io.medallion.job.config;

import io.medallion.contract.ContractReader;
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
    Rules rules = RulesConfig.of(settings);
    if (!rules.contract().name().equals(ContractReader.STANDARD)) {
      throw new ConfigException(
          "redrive knows lakes of the weather only so far, not of the contract '%s'"
              .formatted(rules.contract().name()));
    }
    boolean isKnown =
        settings.isGiven(ConfigKey.WINDOW_SIZE)
            || rules.contract().gold().get(0).window().isPresent();
    return new RedriveConfig(
        rules,
        isKnown
            ? Optional.of(WindowConfig.of(settings, rules.contract()).windowsOf(0))
            : Optional.empty(),
        SinkConfig.of(settings));
  }
}
