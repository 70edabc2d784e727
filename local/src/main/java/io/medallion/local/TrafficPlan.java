package io.medallion.local;

import io.medallion.contract.Contract;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.GeneratorOptionsBuilder;
import io.medallion.generator.Rate;
import io.medallion.generator.event.EventSpec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The generator's options for a run. */
final class TrafficPlan {

  /** Leaves a little time between the lake's last event and the first one of a backlog. */
  private static final double MARGIN = 1.05;

  private static final double USUAL_RATIO = 0.01;
  private static final double USUAL_FUTURE_RATIO = 0.001;

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
   * @throws UserError if an option's value is not allowed
   */
  static GeneratorOptions of(
      LocalOptions options, Contract contract, Optional<Instant> lastCommit, Instant now) {
    EventSpec spec = build(GeneratorOptions.builder().contract(contract)).spec();
    GeneratorOptionsBuilder builder =
        GeneratorOptions.builder()
            .rate(rate(options))
            .shape(options.shape())
            .contract(contract)
            .stations(options.stations())
            .seed(options.seed().orElseGet(() -> new SecureRandom().nextLong()))
            .invalidRatio(options.invalidRatio().orElse(USUAL_RATIO))
            .duplicateRatio(options.duplicateRatio().orElse(spec.hasId() ? USUAL_RATIO : 0))
            .lateRatio(options.lateRatio().orElse(spec.tellsTime() ? USUAL_RATIO : 0))
            .futureRatio(options.futureRatio().orElse(spec.tellsTime() ? USUAL_FUTURE_RATIO : 0))
            .window(options.window())
            .outOfOrderness(options.outOfOrderness());
    options.events().ifPresent(builder::events);
    options.duration().ifPresent(builder::duration);
    GeneratorOptions plan = build(builder);
    if (plan.rate().isMax() && plan.events().isPresent() && lastCommit.isPresent()) {
      double seconds = Math.max(1, Duration.between(lastCommit.get(), now).toMillis() / 1e3);
      double closest = plan.events().getAsLong() / seconds * MARGIN;
      return build(builder.eventTimeRate(Math.max(plan.eventTimeRate(), closest)));
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
    return options
        .rate()
        .orElse(options.events().isPresent() && options.duration().isEmpty() ? Rate.MAX : DEFAULT);
  }

  private static GeneratorOptions build(GeneratorOptionsBuilder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage() + ".", e);
    }
  }
}
