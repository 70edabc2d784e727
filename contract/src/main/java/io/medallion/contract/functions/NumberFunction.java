package io.medallion.contract.functions;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The functions from numbers to a number that silver's columns can be made by. A number that is
 * absent is NaN; so is a result that there is none of.
 */
public enum NumberFunction {
  /** The degrees of a direction. */
  DEGREES("degrees", 1, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a;
    }
  },
  /** See {@link DewPoint}: of °C and %. */
  DEW_POINT("dewPoint", 2, false) {
    @Override
    public double apply(double a, double b, double c) {
      return DewPoint.of(a, b);
    }
  },
  /** See {@link ApparentTemperature}: of °C, % and km/h. */
  APPARENT_TEMPERATURE("apparentTemperature", 3, false) {
    @Override
    public double apply(double a, double b, double c) {
      return ApparentTemperature.of(a, b, c);
    }
  },
  /** See {@link Beaufort}: of km/h. */
  BEAUFORT("beaufort", 1, true) {
    @Override
    public double apply(double a, double b, double c) {
      return Double.isNaN(a) ? Double.NaN : Beaufort.of(a);
    }
  },
  /** °F of °C. */
  FAHRENHEIT("fahrenheit", 1, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a * 9 / 5 + 32;
    }
  },
  /** °C of °F. */
  CELSIUS("celsius", 1, false) {
    @Override
    public double apply(double a, double b, double c) {
      return (a - 32) * 5 / 9;
    }
  },
  /** km/h of m/s. */
  KILOMETERS_PER_HOUR("kilometersPerHour", 1, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a * 3.6;
    }
  },
  /** The first number and the second. */
  PLUS("plus", 2, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a + b;
    }
  },
  /** The first number less the second. */
  MINUS("minus", 2, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a - b;
    }
  },
  /** The first number times the second. */
  TIMES("times", 2, false) {
    @Override
    public double apply(double a, double b, double c) {
      return a * b;
    }
  },
  /** The first number by the second; none by zero. */
  RATIO("ratio", 2, false) {
    @Override
    public double apply(double a, double b, double c) {
      return b == 0 ? Double.NaN : a / b;
    }
  };

  private final String text;
  private final int arguments;
  private final boolean isWhole;

  NumberFunction(String text, int arguments, boolean isWhole) {
    this.text = text;
    this.arguments = arguments;
    this.isWhole = isWhole;
  }

  /** The result; of the arguments, those that the function does not take are not looked at. */
  public abstract double apply(double a, double b, double c);

  /** As it is written. */
  public String text() {
    return text;
  }

  /** How many arguments it takes: 1 to 3. */
  public int arguments() {
    return arguments;
  }

  /** Whether the results are whole numbers of 32 bits. */
  public boolean isWhole() {
    return isWhole;
  }

  /** The function that is written so. */
  public static Optional<NumberFunction> named(String text) {
    return Arrays.stream(values()).filter(function -> function.text.equals(text)).findFirst();
  }

  /** All that can be written. */
  public static String allowed() {
    return Arrays.stream(values()).map(NumberFunction::text).collect(Collectors.joining(", "));
  }
}
