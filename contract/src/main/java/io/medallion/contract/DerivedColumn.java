package io.medallion.contract;

/**
 * A column of silver that follows from the event's values.
 *
 * @param unit for people; empty without
 */
public record DerivedColumn(String name, Formula formula, String unit) {

  /** Whether it is an expression, evaluated once an event, and not a call of a function. */
  public boolean isComputed() {
    return formula instanceof Formula.Computed;
  }
}
