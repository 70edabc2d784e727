package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.generator.EventOptions;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorOptionsBuilder;
import io.medallion.generator.Rate;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The generator's options for a run. */
final class TrafficPlan {

  /** Leaves a little time between the lake's last event and the first one of a backlog. */
  private static final double MARGIN = 1.05;

  private static final double USUAL_RATIO = 0.01;

  private static final Rate DEFAULT = new Rate(1_000);

  private TrafficPlan() {}

  /**
   * Events that are sent as fast as possible have event times that end now and reach back. On a
   * lake that was used before they are packed closer, so that they do not reach back behind its
   * last commit, where all of them would be late.
   *
   * <p>Without being asked, events have every trouble that their contract has room for.
   *
   * @param contract what the events are
   * @param lastCommit of earlier runs on the lake
   * @throws WrongUse if an option's value is not allowed
   */
  static GeneratorOptions of(
      LocalOptions options, Contract contract, Optional<Instant> lastCommit, Instant now) {
    GeneratorOptionsBuilder builder =
        valid(() -> options.events().builder(contract, USUAL_RATIO))
            .rate(rate(options))
            .seed(options.events().seed().orElseGet(() -> new SecureRandom().nextLong()))
            .window(options.window())
            .outOfOrderness(options.outOfOrderness());
    GeneratorOptions plan = valid(builder::build);
    if (plan.rate().isMax() && plan.events().isPresent() && lastCommit.isPresent()) {
      double seconds = Math.max(1, Duration.between(lastCommit.get(), now).toMillis() / 1e3);
      double closest = plan.events().getAsLong() / seconds * MARGIN;
      double eventTimeRate = Math.max(plan.eventTimeRate(), closest);
      return valid(() -> builder.eventTimeRate(eventTimeRate).build());
    }
    return plan;
  }

  /** Whether the events of a run reach back in time: then none of them is late by its age alone. */
  static boolean isBackfill(LocalOptions options) {
    boolean sends = options.bootstrap().isEmpty() || options.generate();
    return sends && rate(options).isMax();
  }

  /** Who gives a number of events wants them now. */
  private static Rate rate(LocalOptions options) {
    EventOptions events = options.events();
    boolean asFastAsPossible = events.events().isPresent() && events.duration().isEmpty();
    return events.rate().orElse(asFastAsPossible ? Rate.MAX : DEFAULT);
  }

  private static <T> T valid(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--" + e.getMessage() + ".", e);
    }
  }
}
