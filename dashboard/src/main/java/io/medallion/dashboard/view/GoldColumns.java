package io.medallion.dashboard.view;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.ColumnType;
import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.GoldTable;
import io.medallion.maintenance.lake.RowCursor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The columns of a table of gold: which of them are numbers, and how their rows are read. */
public final class GoldColumns {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int START = 0;
  private static final int END = 1;

  private final GoldTable table;
  private final List<String> names = new ArrayList<>(List.of("windowStart", "windowEnd"));
  private final List<Measure> measures = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final List<Combination> combinations = new ArrayList<>();
  private final ColumnType[] types;
  private final int first;

  GoldColumns(Contract contract, GoldTable table) {
    this.table = table;
    table.by().ifPresent(names::add);
    first = names.size();
    types = new ColumnType[table.columns().size()];
    for (int i = 0; i < types.length; i++) {
      GoldTable.Column column = table.columns().get(i);
      names.add(column.name());
      types[i] = ColumnType.of(contract, column.aggregate());
      if (isNumber(types[i])) {
        measure(contract, column);
      } else {
        words.add(column.name());
      }
    }
  }

  private static boolean isNumber(ColumnType type) {
    return type == ColumnType.DOUBLE || type == ColumnType.LONG || type == ColumnType.INTEGER;
  }

  private void measure(Contract contract, GoldTable.Column column) {
    Aggregate aggregate = column.aggregate();
    Measure measure =
        new Measure(
            column.name(),
            aggregate,
            unit(contract, column),
            aggregate.arguments().stream()
                .findFirst()
                .flatMap(contract::field)
                .map(Field::description)
                .orElse(""),
            combinations.size());
    measures.add(measure);
    for (int slot = 0; slot < measure.slots(); slot++) {
      combinations.add(Combination.of(aggregate));
    }
  }

  private static String unit(Contract contract, GoldTable.Column column) {
    Function function = column.aggregate().function();
    if (!column.unit().isEmpty()
        || function == Function.COUNT
        || function == Function.COUNT_DISTINCT) {
      return column.unit();
    }
    if (function == Function.MEAN_DIRECTION) {
      return "°";
    }
    String argument = column.aggregate().arguments().get(0);
    return contract
        .field(argument)
        .map(Field::unit)
        .or(() -> contract.derived(argument).map(DerivedColumn::unit))
        .orElse("");
  }

  public GoldTable table() {
    return table;
  }

  public List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** The columns that are no numbers: texts, times, and what is true or false. */
  public List<String> words() {
    return List.copyOf(words);
  }

  /** The first direction of the table. */
  public Optional<Measure> direction() {
    return measures.stream().filter(Measure::isDirection).findFirst();
  }

  /** The mean of the speed that a direction is made with. */
  public Optional<Measure> speed(Measure direction) {
    return mean(direction.aggregate().arguments().get(0));
  }

  private Optional<Measure> mean(String argument) {
    Aggregate mean = new Aggregate(Function.AVG, List.of(argument));
    return measures.stream().filter(measure -> measure.aggregate().equals(mean)).findFirst();
  }

  List<String> names() {
    return names;
  }

  List<Combination> combinations() {
    return combinations;
  }

  String key(RowCursor row) {
    String name = table.by().isPresent() ? row.text(first - 1) : null;
    return name == null ? "" : name;
  }

  static long startSeconds(RowCursor row) {
    return Math.floorDiv(row.bigint(START), MICROS_PER_SECOND);
  }

  static long endSeconds(RowCursor row) {
    return Math.floorDiv(row.bigint(END), MICROS_PER_SECOND);
  }

  /** Of a table without {@code count()}, each window counts as one event. */
  Reading reading(RowCursor row) {
    float[] values = new float[combinations.size()];
    long events = 1;
    int next = 0;
    for (int i = 0; i < types.length; i++) {
      if (!isNumber(types[i])) {
        continue;
      }
      Measure measure = measures.get(next++);
      double value = number(row, i);
      values[measure.slot()] = (float) value;
      if (isCountOfAll(measure)) {
        events = Double.isNaN(value) ? 0 : (long) value;
      }
    }
    measures.stream().filter(Measure::isDirection).forEach(each -> toVector(each, values));
    return new Reading(startSeconds(row), events, values);
  }

  private static boolean isCountOfAll(Measure measure) {
    return measure.aggregate().function() == Function.COUNT
        && measure.aggregate().arguments().isEmpty();
  }

  private double number(RowCursor row, int column) {
    int at = first + column;
    if (row.isNull(at)) {
      return Double.NaN;
    }
    return switch (types[column]) {
      case LONG -> row.bigint(at);
      case INTEGER -> row.integer(at);
      default -> row.number(at);
    };
  }

  /** As long as the mean speed, if the table has that; zero if there is no direction. */
  private void toVector(Measure direction, float[] values) {
    double degrees = Math.toRadians(values[direction.slot()]);
    double speed = speed(direction).map(mean -> (double) values[mean.slot()]).orElse(1.0);
    boolean calm = Double.isNaN(degrees) || Double.isNaN(speed);
    values[direction.slot()] = calm ? 0 : (float) (speed * Math.sin(degrees));
    values[direction.slot() + 1] = calm ? 0 : (float) (speed * Math.cos(degrees));
  }

  /** In the order of {@link #words}; null where there is none. */
  List<String> words(RowCursor row) {
    List<String> values = new ArrayList<>(words.size());
    for (int i = 0; i < types.length; i++) {
      if (!isNumber(types[i])) {
        values.add(row.isNull(first + i) ? null : word(row, i));
      }
    }
    return values;
  }

  private String word(RowCursor row, int column) {
    int at = first + column;
    return switch (types[column]) {
      case BOOLEAN -> String.valueOf(row.bool(at));
      case TIMESTAMP -> Instant.EPOCH.plus(row.bigint(at), ChronoUnit.MICROS).toString();
      default -> row.text(at);
    };
  }

  /** What one key takes at most, with its newest window. */
  long bytesOfKey(long[] widths) {
    long texts = (words.size() + 1L) * 2 * Field.MAX_TEXT;
    return texts + Arrays.stream(widths).map(width -> Level.bytes(combinations.size())).sum();
  }
}
