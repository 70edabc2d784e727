package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.job.event.TumblingWindows;
import java.time.Duration;
import java.util.Optional;

/**
 * The windows of gold.
 *
 * @param size of a window
 */
public record WindowConfig(Duration size, LatenessConfig lateness) {

  static WindowConfig of(Settings settings, Contract contract) {
    return new WindowConfig(size(settings, contract), LatenessConfig.of(settings));
  }

  /** The setting if it is given, else what the contract says, else the default. */
  private static Duration size(Settings settings, Contract contract) {
    Optional<Duration> declared = contract.gold().get(0).window();
    return settings.isGiven(ConfigKey.WINDOW_SIZE) || declared.isEmpty()
        ? settings.duration(ConfigKey.WINDOW_SIZE)
        : declared.get();
  }

  public TumblingWindows windows() {
    return new TumblingWindows(size.toMillis());
  }
}
