package io.medallion.contract.expressions;

/** The values of one event, by the names that expressions have for them. */
@FunctionalInterface
public interface NamedValues {

  /**
   * A value of the Java type that {@link ValueType} says; null if the event has none.
   *
   * @param name one that the expression's compiler was given
   */
  Object of(String name);
}
