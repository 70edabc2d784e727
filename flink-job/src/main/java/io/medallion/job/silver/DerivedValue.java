package io.medallion.job.silver;

import io.medallion.contract.Contract;
import io.medallion.contract.Formula;

/** What a call of a library function gives, from the numbers of an event's fields. */
public final class DerivedValue {

  private final Formula.Call call;
  private final int a;
  private final int b;
  private final int c;

  public DerivedValue(Contract contract, Formula.Call call) {
    this.call = call;
    int count = call.arguments().size();
    a = contract.indexOf(call.arguments().get(0));
    b = count > 1 ? contract.indexOf(call.arguments().get(1)) : a;
    c = count > 2 ? contract.indexOf(call.arguments().get(2)) : a;
  }

  /**
   * The value; NaN if there is none, as where an argument is missing, or it is beyond ±10¹⁸.
   *
   * @param numbers of all fields, in the contract's order; NaN for a missing one
   */
  public double of(double[] numbers) {
    return call.value(numbers[a], numbers[b], numbers[c]);
  }
}
