package io.medallion.job.config;

import io.medallion.job.event.TumblingWindows;
import java.time.Duration;

/**
 * The windows of gold.
 *
 * @param size of a window
 * @param outOfOrderness disorder within a partition that is waited for before a window closes
 */
public record WindowConfig(Duration size, Duration outOfOrderness) {

  static WindowConfig of(Settings settings) {
    return new WindowConfig(
        settings.duration(ConfigKey.WINDOW_SIZE), settings.duration(ConfigKey.OUT_OF_ORDERNESS));
  }

  public TumblingWindows windows() {
    return new TumblingWindows(size.toMillis());
  }
}
