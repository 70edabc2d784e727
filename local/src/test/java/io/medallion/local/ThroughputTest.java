package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  @Test
  void isEventsPerSecond() {
    assertThat(new Throughput(5_000, Duration.ofMillis(2_500)).eventsPerSecond())
        .isCloseTo(2_000, within(1e-9));
  }

  @Test
  void isFiniteForARunOfOneCommit() {
    assertThat(new Throughput(5, Duration.ZERO).eventsPerSecond()).isFinite();
  }
}
