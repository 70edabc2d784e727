package io.medallion.job.config;

import io.medallion.job.rules.Rules;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that can be set about the job, checked as a whole when it is read. Secrets in it are
 * shown by no {@code toString}.
 */
public record JobConfig(
    SourceConfig source,
    Rules rules,
    AlarmConfig alarm,
    DeduplicationConfig deduplication,
    WindowConfig windows,
    SinkConfig sink,
    PreflightConfig preflight) {

  /**
   * Reads {@code --conf FILE} and {@code --key value} overrides.
   *
   * @throws ConfigException if a setting is unknown, malformed or missing
   */
  public static JobConfig fromArgs(String... args) {
    return of(Settings.fromArgs(args));
  }

  /**
   * As {@link #fromArgs}, for a caller that has the settings by key.
   *
   * @throws ConfigException if a setting is unknown, malformed or missing
   */
  public static JobConfig of(Map<String, String> settings) {
    return of(Settings.of(settings));
  }

  private static JobConfig of(Settings settings) {
    return new JobConfig(
        SourceConfig.of(settings),
        RulesConfig.of(settings),
        AlarmConfig.of(settings),
        DeduplicationConfig.of(settings),
        WindowConfig.of(settings),
        SinkConfig.of(settings),
        PreflightConfig.of(settings));
  }

  /** All settings with their defaults, for {@code --help}. */
  public static String help() {
    String keys =
        Arrays.stream(ConfigKey.values())
            .map(
                key ->
                    "  --%-32s %s%s"
                        .formatted(
                            key.key(),
                            key.description(),
                            key.defaultValue().map(value -> " [" + value + "]").orElse("")))
            .collect(Collectors.joining(System.lineSeparator()));
    String prefixes =
        String.join(
            System.lineSeparator(),
            "  --kafka.NAME                       any setting of the Kafka consumer",
            "  --hadoop.NAME                      any setting of Hadoop's file systems",
            "  Values of the last two may be ${env:NAME} or ${file:PATH}; secrets have to be.");
    return String.join(
        System.lineSeparator(), "Usage: [--conf FILE] [--KEY VALUE]...", "", keys, prefixes);
  }
}
