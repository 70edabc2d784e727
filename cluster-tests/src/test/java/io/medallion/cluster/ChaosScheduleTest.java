package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cluster.ChaosSchedule.Fault;
import io.medallion.cluster.ChaosSchedule.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosScheduleTest {

  private static final Duration LOAD = Duration.ofSeconds(90);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, -4, 5_000_000_000L})
  void theSeedDecides(long seed) {
    assertThat(ChaosSchedule.of(seed, LOAD))
        .isEqualTo(ChaosSchedule.of(seed, LOAD))
        .isNotEqualTo(ChaosSchedule.of(seed + 1, LOAD))
        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, -4, 5_000_000_000L})
  void aMinuteAndAHalfHasEveryFault(long seed) {
    assertThat(ChaosSchedule.of(seed, LOAD)).extracting(Step::fault).contains(Fault.values());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, -4, 5_000_000_000L})
  void whatBeginsEndsAndARescaleIsAloneInTime(long seed) {
    List<Step> steps = ChaosSchedule.of(seed, Duration.ofMinutes(5));
    Set<Fault> open = EnumSet.noneOf(Fault.class);
    for (Step step : steps) {
      if (step.fault() == Fault.RESCALE) {
        assertThat(open).as("under way at %s", step).isEmpty();
      }
      boolean lasts = steps.stream().anyMatch(s -> s.ends() && s.fault() == step.fault());
      if (step.ends()) {
        assertThat(open.remove(step.fault())).as("%s", step).isTrue();
      } else if (lasts) {
        assertThat(open.add(step.fault())).as("%s", step).isTrue();
      }
    }
    assertThat(open).isEmpty();
    assertThat(
            steps.stream().filter(step -> !step.ends()).map(Step::at).collect(Collectors.toList()))
        .allMatch(at -> at.toSeconds() < 300);
  }
}
