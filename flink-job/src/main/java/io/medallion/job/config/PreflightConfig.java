package io.medallion.job.config;

import java.time.Duration;

/**
 * Whether to try everything out before the job is submitted.
 *
 * @param deadline for each of the things that are tried
 */
public record PreflightConfig(boolean enabled, Duration deadline) {

  static PreflightConfig of(Settings settings) {
    return new PreflightConfig(
        settings.flag(ConfigKey.PREFLIGHT), settings.duration(ConfigKey.PREFLIGHT_DEADLINE));
  }
}
