package io.medallion.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a column of gold says of the events of a window, such as {@code avg(temperature)}.
 *
 * @param arguments columns of silver
 */
public record Aggregate(Function function, List<String> arguments) {

  /** The functions; each can be put together from parts in any order with the same result. */
  public enum Function {
    /** How many events there are, or have a value in the column. */
    COUNT("count", 0, 1),
    /** The sum of a number. */
    SUM("sum", 1, 1),
    /** The mean of a number. */
    AVG("avg", 1, 1),
    /** The least number. */
    MIN("min", 1, 1),
    /** The greatest number. */
    MAX("max", 1, 1),
    /** The value of the earliest event that has one, by event time, then by place in the hub. */
    FIRST("first", 1, 1),
    /** The value of the latest event that has one. */
    LAST("last", 1, 1),
    /** How many keys have events; in a table over everything. */
    COUNT_DISTINCT("countDistinct", 1, 1),
    /** The text that most events have, of equals the first in the order of characters. */
    MOST_FREQUENT("mostFrequent", 1, 1),
    /** Degrees of the sum of vectors, given by a speed and a direction. */
    MEAN_DIRECTION("meanDirection", 2, 2),
    /** The compass point of that. */
    MEAN_COMPASS_POINT("meanCompassPoint", 2, 2);

    private final String text;
    private final int minArguments;
    private final int maxArguments;

    Function(String text, int minArguments, int maxArguments) {
      this.text = text;
      this.minArguments = minArguments;
      this.maxArguments = maxArguments;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    boolean takes(int arguments) {
      return arguments >= minArguments && arguments <= maxArguments;
    }

    static String allowed() {
      return Arrays.stream(values()).map(Function::text).collect(Collectors.joining(", "));
    }
  }

  public Aggregate {
    arguments = List.copyOf(arguments);
  }

  @Override
  public String toString() {
    return function.text() + "(" + String.join(", ", arguments) + ")";
  }
}
