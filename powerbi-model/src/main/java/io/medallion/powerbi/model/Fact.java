package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of gold in the model.
 *
 * <p>A table over everything is told from others of the same windows whose rows are finer, as far
 * as they have the same aggregates: it needs no measures of its own for them.
 */
final class Fact {

  static final String WINDOW_START = "Window start";
  static final String WINDOW_END = "Window end";
  static final String WINDOW_DATE = "Window date";

  private final Contract contract;
  private final GoldTable table;
  private final String name;
  private final String distinction;
  private final List<Fact> finer;
  private final Map<String, String> columnNames = new LinkedHashMap<>();

  /** By the column that refers to it: the dimensions but the date. */
  private final Map<String, String> dimensions = new LinkedHashMap<>();

  /**
   * Names the columns of a table.
   *
   * @param name of the table in the model
   * @param distinction what tells it from other tables, as {@code by station}
   * @param finer the tables that it is told from
   */
  Fact(Contract contract, GoldTable table, String name, String distinction, List<Fact> finer) {
    this.contract = contract;
    this.table = table;
    this.name = name;
    this.distinction = distinction;
    this.finer = finer;
    Names names = new Names();
    names.reserve(List.of(WINDOW_START, WINDOW_END, WINDOW_DATE));
    // Numbers keep their names: measures stand for them.
    List<String> shown = new ArrayList<>();
    for (GoldTable.Column column : table.columns()) {
      if (isShown(column)) {
        shown.add(column.name());
      } else {
        columnNames.put(column.name(), names.take(column.name()));
      }
    }
    table.by().ifPresent(by -> columnNames.put(by, names.take(byName(by), by)));
    for (String column : shown) {
      columnNames.put(column, names.take(Labels.title(column), column));
    }
  }

  /** What the column of a dimension is called, everywhere. */
  static String byName(String column) {
    return Labels.capitalized(Labels.thing(column));
  }

  private boolean isShown(GoldTable.Column column) {
    Function function = column.aggregate().function();
    return function == Function.MOST_FREQUENT
        || isPicked(column)
        || (function == Function.MEAN_COMPASS_POINT && finer.isEmpty());
  }

  /** Whether the column has the value of one event, which no measure stands for. */
  static boolean isPicked(GoldTable.Column column) {
    Function function = column.aggregate().function();
    return function == Function.FIRST || function == Function.LAST;
  }

  ColumnType typeOf(GoldTable.Column column) {
    return ColumnType.of(contract, column.aggregate());
  }

  GoldTable table() {
    return table;
  }

  String name() {
    return name;
  }

  String distinction() {
    return distinction;
  }

  /** Whether reports have no use for its rows but to check those of other tables. */
  boolean isToldFromOthers() {
    return !finer.isEmpty();
  }

  /** The name in the model of a column of gold. */
  String columnName(String column) {
    return columnNames.get(column);
  }

  /** The names of its columns in the model. */
  List<String> modelColumns() {
    List<String> all = new ArrayList<>(List.of(WINDOW_START, WINDOW_END, WINDOW_DATE));
    all.addAll(columnNames.values());
    return all;
  }

  /** The dimensions by the column of gold that refers to them. */
  Map<String, String> dimensions() {
    return dimensions;
  }

  void relate(String column, String dimension) {
    if (!dimensions.containsValue(dimension)) {
      dimensions.put(column, dimension);
    }
  }

  boolean isByKey() {
    return table.by().filter(contract.keyColumn()::equals).isPresent();
  }

  boolean hasWindowsOf(Fact other) {
    return table.window().equals(other.table.window());
  }

  MeasuredColumn measured(GoldTable.Column column) {
    return measured(lastArgument(column.aggregate())).in(column.unit());
  }

  /** A column of silver. */
  MeasuredColumn measured(String column) {
    return MeasuredColumn.of(contract, column);
  }

  /** Of directions the direction, not the speed. */
  static String lastArgument(Aggregate aggregate) {
    List<String> arguments = aggregate.arguments();
    return arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
  }

  /** The columns without those that have the aggregate of one before. */
  List<GoldTable.Column> distinctColumns() {
    Map<Aggregate, GoldTable.Column> first = new LinkedHashMap<>();
    table.columns().forEach(column -> first.putIfAbsent(column.aggregate(), column));
    return List.copyOf(first.values());
  }

  String dax() {
    return Dax.table(name);
  }

  /** A column of gold, or of the window. */
  String dax(String column) {
    return Dax.column(name, columnNames.getOrDefault(column, column));
  }

  /** The first column with such an aggregate. */
  Optional<GoldTable.Column> find(Function function, List<String> arguments) {
    Aggregate wanted = new Aggregate(function, arguments);
    return table.columns().stream().filter(column -> column.aggregate().equals(wanted)).findFirst();
  }

  /** The column that counts all events. */
  Optional<String> eventCount() {
    return find(Function.COUNT, List.of()).map(GoldTable.Column::name);
  }

  /** The column that counts the events that a mean is over; empty if none does. */
  Optional<String> weight(String argument) {
    return find(Function.COUNT, List.of(argument))
        .map(GoldTable.Column::name)
        .or(
            () ->
                MeasuredColumn.of(contract, argument).isAlwaysThere()
                    ? eventCount()
                    : Optional.empty());
  }

  /** Whether this table has what an aggregate over several windows and rows is told from. */
  boolean tells(Aggregate aggregate) {
    if (find(aggregate.function(), aggregate.arguments()).isEmpty()) {
      return false;
    }
    List<String> arguments = aggregate.arguments();
    return switch (aggregate.function()) {
      case COUNT, SUM, MIN, MAX -> true;
      case AVG -> weight(arguments.get(0)).isPresent();
      case MOST_FREQUENT -> eventCount().isPresent();
      case MEAN_DIRECTION ->
          find(Function.AVG, arguments.subList(0, 1)).isPresent()
              && weight(arguments.get(0)).isPresent();
      case MEAN_COMPASS_POINT -> tells(new Aggregate(Function.MEAN_DIRECTION, arguments));
      // Of a window only: a key may be in several.
      case COUNT_DISTINCT, FIRST, LAST -> false;
    };
  }

  /** Whether a finer table has what it is told from. */
  boolean othersTell(Aggregate aggregate) {
    return finer.stream().anyMatch(other -> other.tells(aggregate));
  }

  /** Whether this table has a measure for it. */
  boolean measures(Aggregate aggregate) {
    return tells(aggregate) && !othersTell(aggregate);
  }
}
