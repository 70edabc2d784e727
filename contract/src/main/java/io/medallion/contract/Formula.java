package io.medallion.contract;

import io.medallion.contract.expressions.Expression;
import io.medallion.contract.expressions.NamedValues;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.NumberFunction;
import java.util.List;

/** How a derived column follows from the values of its event: from nothing else, and always so. */
public sealed interface Formula {

  /** As it is written in the contract. */
  String text();

  /** The type of its values. */
  ValueType type();

  /** The names of the values that it is about: fields, the key, {@code eventTime}. */
  List<String> names();

  /**
   * The value, of the Java type that {@link ValueType} says; null if there is none.
   *
   * <p>Directions are in degrees here, as a field of type {@code compass} has them.
   */
  Object of(NamedValues values);

  /**
   * A call of a library function on fields with numbers. It needs no CEL.
   *
   * @param arguments fields of the contract
   */
  record Call(NumberFunction function, List<String> arguments) implements Formula {

    /** As limited as fields are: sums have room for no more. */
    private static final double MAX_NUMBER = 1e18;

    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String text() {
      return function.text() + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public ValueType type() {
      return function.isWhole() ? ValueType.LONG : ValueType.DOUBLE;
    }

    @Override
    public List<String> names() {
      return arguments;
    }

    @Override
    public Object of(NamedValues values) {
      double[] numbers = new double[3];
      for (int i = 0; i < arguments.size(); i++) {
        if (!(values.of(arguments.get(i)) instanceof Number number)) {
          return null;
        }
        numbers[i] = number.doubleValue();
      }
      double value = value(numbers[0], numbers[1], numbers[2]);
      if (Double.isNaN(value)) {
        return null;
      }
      if (function.isWhole()) {
        return (long) value;
      }
      return value;
    }

    /**
     * The value; NaN if there is none, or it is beyond ±10¹⁸.
     *
     * @param a the first argument; further ones that the function does not take are numbers, too
     */
    public double value(double a, double b, double c) {
      // NaN is what a sum with NaN is, and infinities are no measurements.
      if (Double.isNaN(a + b + c)) {
        return Double.NaN;
      }
      double value = function.apply(a, b, c);
      return Math.abs(value) <= MAX_NUMBER ? value : Double.NaN;
    }
  }

  /** An expression in CEL. */
  record Computed(Expression expression) implements Formula {

    @Override
    public String text() {
      return expression.text();
    }

    @Override
    public ValueType type() {
      return expression.type();
    }

    @Override
    public List<String> names() {
      return expression.names();
    }

    @Override
    public Object of(NamedValues values) {
      return expression.of(values);
    }
  }
}
