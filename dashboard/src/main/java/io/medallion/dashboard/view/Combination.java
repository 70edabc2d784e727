package io.medallion.dashboard.view;

import io.medallion.contract.Aggregate;

/** How the values of several windows become one. */
enum Combination {
  /** By the windows' numbers of events. */
  MEAN,
  SUM,
  LEAST,
  GREATEST;

  static Combination of(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, SUM -> SUM;
      case MIN -> LEAST;
      // How many keys there are at least: which ones, a window does not tell.
      case MAX, COUNT_DISTINCT -> GREATEST;
      default -> MEAN;
    };
  }

  /** NaN is no value. */
  float combine(float value, float other, double share) {
    if (Float.isNaN(value) || Float.isNaN(other)) {
      return Float.isNaN(value) ? other : value;
    }
    return switch (this) {
      case MEAN -> value + (float) ((other - value) * share);
      case SUM -> value + other;
      case LEAST -> Math.min(value, other);
      case GREATEST -> Math.max(value, other);
    };
  }
}
