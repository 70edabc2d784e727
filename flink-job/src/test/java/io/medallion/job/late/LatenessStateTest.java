package io.medallion.job.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.hub.HubName;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenessStateTest {

  @Test
  void aStateOfTheFirstReleaseIsOfTheFirstEventHubAlone() {
    LatenessState first = new LatenessState();
    first.horizons = new long[] {1000};
    first.watermark = 99;

    LatenessState same = LatenessState.merge(new HubName("weather", 1), List.of(first));
    LatenessState another = LatenessState.merge(new HubName("weather", 2), List.of(first));

    assertThat(same.horizons).containsExactly(1000);
    assertThat(another.horizons).as("of other partitions").isEmpty();
    assertThat(another.watermark).as("what was closed stays closed").isEqualTo(99);
  }
}
