package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.Rate;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {

  private static final Contract WEATHER = ContractReader.standard();
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void eachRunHasASeedOfItsOwnUnlessOneIsGiven() {
    assertThat(plan().seed()).isNotEqualTo(plan().seed());
    assertThat(plan("--seed", "42").seed()).isEqualTo(42);
  }

  @Test
  void aNumberOfEventsIsSentAsFastAsPossibleUnlessARateIsGiven() {
    assertThat(plan().rate()).isEqualTo(new Rate(1_000));
    assertThat(plan("--events", "10").rate().isMax()).isTrue();
    assertThat(plan("--events", "10", "--rate", "5").rate()).isEqualTo(new Rate(5));
    assertThat(plan("--events", "10", "--duration", "5s").rate()).isEqualTo(new Rate(1_000));
  }

  @Test
  void windowsAreThoseOfTheJob() {
    GeneratorOptions plan = plan("--window", "1min", "--out-of-orderness", "3s");

    assertThat(plan.window()).hasMinutes(1);
    assertThat(plan.outOfOrderness()).hasSeconds(3);
  }

  @Test
  void aBacklogDoesNotReachBackBehindTheLakesLastCommit() {
    String[] backlog = {"--events", "5000000"};
    Instant lastCommit = NOW.minusSeconds(60);

    GeneratorOptions plan =
        TrafficPlan.of(Options.of(backlog), WEATHER, Optional.of(lastCommit), NOW);

    double seconds = plan.events().getAsLong() / plan.eventTimeRate();
    assertThat(seconds).isLessThan(60).isGreaterThan(50);
  }

  @Test
  void aBacklogThatFitsIsNotPackedCloser() {
    Instant lastCommit = NOW.minusSeconds(3600);

    GeneratorOptions used =
        TrafficPlan.of(Options.of("--events", "1000"), WEATHER, Optional.of(lastCommit), NOW);

    assertThat(used.eventTimeRate()).isEqualTo(plan("--events", "1000").eventTimeRate());
  }

  @Test
  void eventsHaveTheTroublesThatTheirContractHasRoomFor() {
    Contract telemetry = ContractReader.named("telemetry");
    Contract withoutIdAndTime =
        ContractReader.read(
            "bare.yaml",
            telemetry
                .text()
                .replace("field createdAt, enqueued time", "enqueued time")
                .replace("id: {from: [field eventId]}", ""));

    GeneratorOptions all = TrafficPlan.of(Options.of(), telemetry, Optional.empty(), NOW);
    GeneratorOptions few = TrafficPlan.of(Options.of(), withoutIdAndTime, Optional.empty(), NOW);

    assertThat(all.duplicateRatio()).isEqualTo(0.01);
    assertThat(all.lateRatio()).isEqualTo(0.01);
    assertThat(all.futureRatio()).isEqualTo(0.001);
    assertThat(few.invalidRatio()).isEqualTo(0.01);
    assertThat(few.duplicateRatio()).isZero();
    assertThat(few.lateRatio()).isZero();
    assertThat(few.futureRatio()).isZero();
    assertThatThrownBy(
            () ->
                TrafficPlan.of(
                    Options.of("--late-ratio", "0.1"), withoutIdAndTime, Optional.empty(), NOW))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining("the contract telemetry has no time of its own");
  }

  @Test
  void aValueThatIsNotAllowedIsNamedAsAnOption() {
    assertThatThrownBy(() -> plan("--late-ratio", "2"))
        .isInstanceOf(WrongUse.class)
        .hasMessageStartingWith("--late-ratio must be 0 to 1, but is 2.0");
  }

  private static GeneratorOptions plan(String... options) {
    return TrafficPlan.of(Options.of(options), WEATHER, Optional.empty(), NOW);
  }
}
