package io.medallion.job.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How producers' duplicates are found.
 *
 * @param enabled whether they are looked for
 * @param retention how long an event id is remembered at least, in event time of its partition
 * @param maxIds how many are remembered of a partition at most, a safety limit; about 25 bytes of
 *     heap each
 */
public record DeduplicationConfig(boolean enabled, Duration retention, int maxIds)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** About 2.5 GB of heap. */
  private static final int MOST_IDS = 100_000_000;

  static DeduplicationConfig of(Settings settings) {
    int maxIds = settings.positive(ConfigKey.DEDUPLICATION_MAX_IDS);
    if (maxIds > MOST_IDS) {
      throw settings.malformed(ConfigKey.DEDUPLICATION_MAX_IDS, "at most " + MOST_IDS);
    }
    return new DeduplicationConfig(
        settings.flag(ConfigKey.DEDUPLICATION_ENABLED),
        settings.duration(ConfigKey.DEDUPLICATION_RETENTION),
        maxIds);
  }
}
