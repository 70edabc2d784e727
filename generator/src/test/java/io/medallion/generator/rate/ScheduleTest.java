package io.medallion.generator.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

  private static final Duration PERIOD = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({
    // shape, seconds, events expected at 1,000 a second with a period of 60 s
    "CONSTANT, 60, 60000",
    "CONSTANT, 90, 90000",
    "RAMP, 60, 30000",
    "RAMP, 120, 90000",
    "BURST, 6, 33000",
    "BURST, 60, 60000",
    "BURST, 66, 93000",
    "DIURNAL, 30, 30000",
    "DIURNAL, 60, 60000",
    "DIURNAL, 180, 180000",
  })
  void aShapeSendsTheIntegralOfItsRate(RateShape shape, int seconds, long events) {
    assertThat(new Schedule(1000, shape, PERIOD).eventsWithin(Duration.ofSeconds(seconds)))
        .isEqualTo(events);
  }

  @ParameterizedTest
  @EnumSource(RateShape.class)
  void eventsAreDueInOrderAndAsManyAsTheIntegralSays(RateShape shape) {
    Schedule schedule = new Schedule(777, shape, PERIOD);
    Duration duration = Duration.ofSeconds(130);
    long expected = schedule.eventsWithin(duration);

    long previous = 0;
    long due = 0;
    while (schedule.nanosOf(due) < duration.toNanos()) {
      assertThat(schedule.nanosOf(due)).isGreaterThanOrEqualTo(previous);
      previous = schedule.nanosOf(due);
      due++;
    }

    assertThat(due).isCloseTo(expected, within(1L));
  }

  @ParameterizedTest
  @EnumSource(RateShape.class)
  void timeAndEventsAreInverse(RateShape shape) {
    for (double events = 0; events < 3; events += 0.001) {
      assertThat(shape.eventsBy(shape.timeOf(events))).isCloseTo(events, within(1e-9));
    }
  }

  @Test
  void anUnchangingRateSpacesEventsEvenly() {
    Schedule schedule = Schedule.constant(4);

    assertThat(schedule.nanosOf(0)).isZero();
    assertThat(schedule.nanosOf(1)).isEqualTo(250_000_000L);
    assertThat(schedule.nanosOf(4_000_000_000L)).isEqualTo(1_000_000_000_000_000_000L);
  }
}
