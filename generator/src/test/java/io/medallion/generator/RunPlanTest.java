package io.medallion.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunPlanTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Instant NOW_MILLIS = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  void aPacedRunStartsNowAndSendsWhatIsDueInItsDuration() {
    RunPlan plan =
        plan(GeneratorOptions.builder().rate(new Rate(20_000)).duration(Duration.ofSeconds(60)));

    assertThat(plan.paced()).isTrue();
    assertThat(plan.startTime()).isEqualTo(NOW_MILLIS);
    assertThat(plan.events()).isEqualTo(1_200_000);
  }

  @Test
  void theShapesPeriodIsTheDuration() {
    RunPlan plan =
        plan(
            GeneratorOptions.builder()
                .rate(new Rate(100))
                .shape(RateShape.RAMP)
                .duration(Duration.ofSeconds(10)));

    assertThat(plan.events()).isEqualTo(500);
  }

  @Test
  void theSmallerOfEventsAndDurationEndsAPacedRun() {
    GeneratorOptionsBuilder options = GeneratorOptions.builder().duration(Duration.ofSeconds(10));

    assertThat(plan(options.events(7)).events()).isEqualTo(7);
    assertThat(plan(options.events(70_000)).events()).isEqualTo(10_000);
  }

  @Test
  void withoutAnEndARunGoesOnUntilStopped() {
    assertThat(plan(GeneratorOptions.builder()).events()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aBacklogEndsNow() {
    RunPlan plan =
        plan(GeneratorOptions.builder().rate(Rate.MAX).events(1_000_000).eventTimeRate(10_000));

    assertThat(plan.paced()).isFalse();
    assertThat(plan.startTime()).isEqualTo(NOW_MILLIS.minusSeconds(100));
  }

  @Test
  void aBacklogWithADurationStaysInThePastHoweverFastItIsSent() {
    RunPlan plan = plan(GeneratorOptions.builder().rate(Rate.MAX).duration(Duration.ofSeconds(60)));

    assertThat(plan.timeLimit()).contains(Duration.ofSeconds(60));
    assertThat(plan.startTime().plusNanos(plan.schedule().nanosOf(plan.events())))
        .isBeforeOrEqualTo(NOW);
  }

  @Test
  void eventTimesInTheFutureAreRefused() {
    assertThatThrownBy(() -> plan(GeneratorOptions.builder().startTime(NOW.plusSeconds(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start-time 2026-03-01T12:00:01.123Z lies in the future");
    assertThatThrownBy(
            () ->
                plan(
                    GeneratorOptions.builder()
                        .rate(Rate.MAX)
                        .events(1_000_000)
                        .startTime(NOW.minusSeconds(10))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is in the future");
  }

  @Test
  void eventTimesBefore1971AreRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    GeneratorOptions.builder()
                        .rate(Rate.MAX)
                        .events(10_000_000_000L)
                        .eventTimeRate(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event time would start at");
  }

  private static RunPlan plan(GeneratorOptionsBuilder options) {
    return RunPlan.of(options.build(), NOW);
  }
}
