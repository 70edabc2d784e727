package io.medallion.job.config;

import io.medallion.job.event.TumblingWindows;
import java.time.Duration;

/**
 * The windows of gold.
 *
 * @param size of a window
 */
public record WindowConfig(Duration size, LatenessConfig lateness) {

  static WindowConfig of(Settings settings) {
    return new WindowConfig(settings.duration(ConfigKey.WINDOW_SIZE), LatenessConfig.of(settings));
  }

  public TumblingWindows windows() {
    return new TumblingWindows(size.toMillis());
  }
}
