package io.medallion.job.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a partition is, and with it which windows are closed.
 *
 * @param outOfOrderness disorder within a partition that is waited for before a window closes
 * @param lateArrival how far a partition's time may stay behind the arrival of its records; empty
 *     if that has no limit
 * @param idleTimeout how long a partition may be without a valid event, or without any, before it
 *     goes on without
 */
public record LatenessConfig(
    Duration outOfOrderness, Optional<Duration> lateArrival, Duration idleTimeout) {

  static LatenessConfig of(Settings settings) {
    return new LatenessConfig(
        settings.duration(ConfigKey.OUT_OF_ORDERNESS),
        settings.durationOrOff(ConfigKey.LATE_ARRIVAL),
        settings.duration(ConfigKey.IDLE_TIMEOUT));
  }
}
