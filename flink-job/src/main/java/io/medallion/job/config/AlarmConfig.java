package io.medallion.job.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * When rejected events are too many.
 *
 * @param share of all events, 0 to 1; more than it is too many, so 1 never is
 * @param window of the clock that is looked at
 * @param minEvents fewer events within a window prove nothing
 */
public record AlarmConfig(double share, Duration window, int minEvents, AlarmAction action)
    implements Serializable {

  static AlarmConfig of(Settings settings) {
    return new AlarmConfig(
        settings.share(ConfigKey.ALARM_SHARE),
        settings.duration(ConfigKey.ALARM_WINDOW),
        settings.positive(ConfigKey.ALARM_MIN_EVENTS),
        settings.choice(ConfigKey.ALARM_ACTION, AlarmAction.class));
  }

  public boolean fails() {
    return action == AlarmAction.FAIL;
  }
}
