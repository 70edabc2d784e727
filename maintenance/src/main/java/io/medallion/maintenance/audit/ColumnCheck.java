package io.medallion.maintenance.audit;

import io.medallion.contract.Aggregate;
import io.medallion.contract.expressions.ValueType;
import io.medallion.maintenance.lake.RowCursor;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a column of a row of gold follows from silver.
 *
 * <p>The job adds up whole millionths. So a mean may differ from the exact one by half a millionth,
 * a sum by half a millionth an event, and the sum of vectors by a millionth an event: the direction
 * accordingly more, the shorter the mean vector is. Of great numbers the last digits of doubles
 * come on top. Extremes and counts are exact. A mean vector under a millionth has no direction.
 */
interface ColumnCheck {

  /** What a column may be instead; empty if it is right. */
  Optional<Mismatch> check(RowCursor row, WindowValues expected);

  /** A value as it is and as it should be, for people. */
  record Mismatch(String actual, String expected) {}

  double MILLIONTH = 1e-6;

  /** Of the last digit of a double, with some room. */
  double RELATIVE = 1e-15;

  double DEGREES = 1e-9;

  /** What can't be told from silver; see {@link Measures}. */
  static boolean isJudged(Aggregate aggregate, Measures measures) {
    return switch (aggregate.function()) {
      case SUM, AVG, MIN, MAX -> measures.number(aggregate.arguments().get(0)) >= 0;
      case MEAN_DIRECTION, MEAN_COMPASS_POINT -> measures.vector(aggregate.arguments()) >= 0;
      case FIRST, LAST -> measures.pick(aggregate) >= 0;
      case COUNT, MOST_FREQUENT -> true;
      // Of keys there are as many as rows of another table, see GoldSummary.
      case COUNT_DISTINCT -> false;
    };
  }

  /**
   * The check of a column that is judged.
   *
   * @param column its place in a row
   * @param type of the values of its argument
   */
  static ColumnCheck of(Aggregate aggregate, int column, Measures measures, ValueType type) {
    List<String> arguments = aggregate.arguments();
    return switch (aggregate.function()) {
      case COUNT ->
          arguments.isEmpty()
              ? (row, expected) -> count(row, column, expected.events())
              : count(column, measures.count(arguments.get(0)));
      case SUM -> sum(column, measures.number(arguments.get(0)));
      case AVG -> mean(column, measures.number(arguments.get(0)));
      case MIN -> least(column, measures.number(arguments.get(0)));
      case MAX -> greatest(column, measures.number(arguments.get(0)));
      case MOST_FREQUENT -> mostFrequent(column, measures.text(arguments.get(0)));
      case FIRST, LAST -> picked(column, measures.pick(aggregate), type);
      case MEAN_DIRECTION -> direction(column, measures.vector(arguments));
      case MEAN_COMPASS_POINT -> point(column, measures.vector(arguments));
      case COUNT_DISTINCT -> throw new IllegalArgumentException(aggregate + " is not judged");
    };
  }

  private static ColumnCheck count(int column, int place) {
    return (row, expected) -> count(row, column, expected.count(place));
  }

  private static Optional<Mismatch> count(RowCursor row, int column, long expected) {
    String actual = row.isNull(column) ? "null" : Long.toString(row.bigint(column));
    return text(actual, Long.toString(expected));
  }

  private static ColumnCheck sum(int column, int place) {
    return (row, expected) -> {
      DoubleSummaryStatistics numbers = expected.numbers(place);
      double sum = numbers.getCount() == 0 ? Double.NaN : numbers.getSum();
      return number(row, column, sum, numbers.getCount() * tolerance(numbers));
    };
  }

  private static ColumnCheck mean(int column, int place) {
    return (row, expected) -> {
      DoubleSummaryStatistics numbers = expected.numbers(place);
      double mean = numbers.getCount() == 0 ? Double.NaN : numbers.getAverage();
      return number(row, column, mean, tolerance(numbers));
    };
  }

  private static ColumnCheck least(int column, int place) {
    return (row, expected) -> number(row, column, finite(expected.numbers(place).getMin()), 0);
  }

  private static ColumnCheck greatest(int column, int place) {
    return (row, expected) -> number(row, column, finite(expected.numbers(place).getMax()), 0);
  }

  /** Of no numbers, the extremes are infinite. */
  private static double finite(double extreme) {
    return Double.isInfinite(extreme) ? Double.NaN : extreme;
  }

  private static double tolerance(DoubleSummaryStatistics numbers) {
    return MILLIONTH + RELATIVE * Math.max(Math.abs(numbers.getMin()), Math.abs(numbers.getMax()));
  }

  /** Null in the table stands for NaN. */
  private static Optional<Mismatch> number(
      RowCursor row, int column, double expected, double tolerance) {
    double actual = row.number(column);
    // Not "greater than": a NaN in the table must not pass.
    boolean equal =
        Double.isNaN(expected) ? row.isNull(column) : Math.abs(actual - expected) <= tolerance;
    return equal
        ? Optional.empty()
        : Optional.of(new Mismatch(Double.toString(actual), Double.toString(expected)));
  }

  private static ColumnCheck mostFrequent(int column, int place) {
    return (row, expected) -> text(row.text(column), expected.text(place).mostFrequent());
  }

  private static Optional<Mismatch> text(String actual, String expected) {
    return Objects.equals(actual, expected)
        ? Optional.empty()
        : Optional.of(new Mismatch(actual, expected));
  }

  private static ColumnCheck picked(int column, int place, ValueType type) {
    return (row, expected) -> {
      Object actual = ColumnValue.of(type, column, row);
      return Objects.equals(actual, expected.pick(place))
          ? Optional.empty()
          : Optional.of(new Mismatch(String.valueOf(actual), String.valueOf(expected.pick(place))));
    };
  }

  private static ColumnCheck direction(int column, int place) {
    return (row, expected) -> {
      VectorSum sum = expected.vector(place);
      double actual = row.number(column);
      boolean equal =
          row.isNull(column)
              ? mayHaveNoDirection(sum)
              : hasDirection(sum)
                  && actual >= 0
                  && actual <= 360
                  && CompassPoints.apart(actual, sum.degrees()) <= sum.tolerance() + DEGREES;
      return mismatch(equal, Double.toString(actual), Double.toString(sum.degrees()));
    };
  }

  private static ColumnCheck point(int column, int place) {
    return (row, expected) -> {
      VectorSum sum = expected.vector(place);
      double middle = CompassPoints.degrees(row.text(column));
      boolean equal =
          row.isNull(column)
              ? mayHaveNoDirection(sum)
              : hasDirection(sum)
                  && CompassPoints.apart(middle, sum.degrees())
                      <= CompassPoints.SECTOR / 2 + sum.tolerance() + DEGREES;
      return mismatch(equal, row.text(column), CompassPoints.of(sum.degrees()));
    };
  }

  private static boolean mayHaveNoDirection(VectorSum sum) {
    return sum.length() <= 2 * sum.uncertain();
  }

  /** Without a vector there is none. */
  private static boolean hasDirection(VectorSum sum) {
    return sum.uncertain() > 0;
  }

  private static Optional<Mismatch> mismatch(boolean equal, String actual, String expected) {
    return equal ? Optional.empty() : Optional.of(new Mismatch(actual, expected));
  }
}
