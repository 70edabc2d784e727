package io.medallion.job.config;

import io.medallion.job.rules.Rules;
import java.time.Duration;
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
    CompactionConfig compaction,
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
    JobConfig config = read(settings);
    requireAgreement(config);
    return config;
  }

  /** Refuses settings each of which is right, but which contradict each other. */
  static void requireAgreement(JobConfig config) {
    Duration past = config.rules().eventTime().pastTolerance();
    LatenessConfig lateness = config.windows().lateness();
    if (lateness.outOfOrderness().compareTo(past) > 0) {
      throw contradiction(
          ConfigKey.OUT_OF_ORDERNESS, "windows would wait for events that are rejected as too old");
    }
    if (lateness.lateArrival().filter(limit -> limit.compareTo(past) > 0).isPresent()) {
      throw contradiction(
          ConfigKey.LATE_ARRIVAL, "partitions would wait for events that are rejected as too old");
    }
  }

  private static ConfigException contradiction(ConfigKey longer, String consequence) {
    return new ConfigException(
        "The setting '%s' is longer than '%s': %s. Shorten the first or lengthen the second"
            .formatted(longer.key(), ConfigKey.PAST_TOLERANCE.key(), consequence));
  }

  private static JobConfig read(Settings settings) {
    Rules rules = RulesConfig.of(settings);
    return new JobConfig(
        SourceConfig.of(settings),
        rules,
        AlarmConfig.of(settings),
        DeduplicationConfig.of(settings),
        WindowConfig.of(settings, rules.contract()),
        SinkConfig.of(settings),
        CompactionConfig.of(settings, rules.contract()),
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
            "  --rule.FIELD.range                 plausible values of a field, as in -90..70",
            "  --rule.FIELD.severity              of others: reject, or warn (a quality flag)",
            "  --kafka.NAME                       any setting of the Kafka consumer",
            "  --hadoop.NAME                      any setting of Hadoop's file systems",
            "  Values of the last two may be ${env:NAME} or ${file:PATH}; secrets have to be.");
    return String.join(
        System.lineSeparator(), "Usage: [--conf FILE] [--KEY VALUE]...", "", keys, prefixes);
  }
}
