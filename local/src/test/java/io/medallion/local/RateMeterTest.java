package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void oneSampleHasNoRate() {
    assertThat(new RateMeter().rate(0, 100)).isZero();
  }

  @Test
  void onlyTheLastTenSecondsCount() {
    RateMeter meter = new RateMeter();
    double rate = 0;
    for (int second = 0; second <= 30; second++) {
      rate = meter.rate(second * SECOND, second < 15 ? 0 : 1_000L * (second - 15));
    }
    assertThat(rate).isEqualTo(1_000);
  }
}
