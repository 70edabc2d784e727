package io.medallion.dashboard.view;

import io.medallion.contract.Aggregate;

/**
 * A column of gold that is a number.
 *
 * @param column its name
 * @param aggregate what it says of the events
 * @param unit empty without
 * @param description of what is measured; empty without
 * @param slot of its value in a {@link Reading}; a direction takes two
 */
public record Measure(
    String column, Aggregate aggregate, String unit, String description, int slot) {

  /** Whether it is a direction, which a reading has as a vector, east before north. */
  public boolean isDirection() {
    return aggregate.function() == Aggregate.Function.MEAN_DIRECTION;
  }

  int slots() {
    return isDirection() ? 2 : 1;
  }

  /** The value in a reading; NaN without. */
  public double of(Reading reading) {
    return isDirection() ? reading.direction(slot) : reading.value(slot);
  }
}
