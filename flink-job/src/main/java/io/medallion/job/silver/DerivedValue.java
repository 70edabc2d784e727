package io.medallion.job.silver;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.functions.NumberFunction;

/** A derived column's value, from the numbers of an event's fields. */
public final class DerivedValue {

  private static final double MOST = 1e18;

  private final NumberFunction function;
  private final int a;
  private final int b;
  private final int c;

  public DerivedValue(Contract contract, DerivedColumn column) {
    function = column.function();
    int count = column.arguments().size();
    a = contract.indexOf(column.arguments().get(0));
    b = count > 1 ? contract.indexOf(column.arguments().get(1)) : a;
    c = count > 2 ? contract.indexOf(column.arguments().get(2)) : a;
  }

  /**
   * The value; NaN if there is none, as where an argument is missing, or it is beyond ±10¹⁸.
   *
   * @param numbers of all fields, in the contract's order; NaN for a missing one
   */
  public double of(double[] numbers) {
    double first = numbers[a];
    double second = numbers[b];
    double third = numbers[c];
    // NaN is what a sum with NaN is, and infinities are no measurements.
    if (Double.isNaN(first + second + third)) {
      return Double.NaN;
    }
    double value = function.apply(first, second, third);
    // As limited as fields are: sums have room for no more.
    return Math.abs(value) <= MOST ? value : Double.NaN;
  }
}
