package io.medallion.contract;

import io.medallion.contract.functions.NumberFunction;
import java.util.List;

/**
 * A column of silver that follows from the event's numbers: a call of a library function.
 *
 * @param arguments fields of the contract
 * @param unit for people; empty without
 */
public record DerivedColumn(
    String name, NumberFunction function, List<String> arguments, String unit) {

  public DerivedColumn {
    arguments = List.copyOf(arguments);
  }

  /** As it is written in the contract. */
  public String formula() {
    return function.text() + "(" + String.join(", ", arguments) + ")";
  }
}
