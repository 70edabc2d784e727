package io.medallion.powerbi.model;

import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of a table of gold as the model has them. Those that measures stand for are hidden.
 */
final class GoldColumns {

  private final Fact fact;
  private final String keyDescription;
  private final Set<GoldTable.Column> withoutMeasure;

  private GoldColumns(GoldMeasures measures, String keyDescription) {
    this.fact = measures.fact();
    this.keyDescription = keyDescription;
    this.withoutMeasure = Set.copyOf(measures.withoutMeasure());
  }

  static List<ModelColumn> of(GoldMeasures measures, String keyDescription) {
    return new GoldColumns(measures, keyDescription).columns();
  }

  private List<ModelColumn> columns() {
    List<ModelColumn> columns = new ArrayList<>();
    columns.add(
        new ModelColumn(
            Fact.WINDOW_START,
            "First instant of the window, UTC.",
            ColumnType.INSTANT,
            Formats.INSTANT,
            false,
            "windowStart"));
    columns.add(
        new ModelColumn(
            Fact.WINDOW_END,
            "First instant after the window, UTC.",
            ColumnType.INSTANT,
            Formats.INSTANT,
            false,
            "windowEnd"));
    columns.add(
        new ModelColumn(
            Fact.WINDOW_DATE,
            "Date in UTC of the first instant of the window. Made by the query: gold has no such"
                + " column.",
            ColumnType.DATE,
            Formats.DATE,
            true,
            GoldQuery.WINDOW_DATE));
    fact.table().by().ifPresent(by -> columns.add(byColumn(by)));
    fact.table().columns().forEach(column -> columns.add(column(column)));
    return columns;
  }

  private ModelColumn byColumn(String by) {
    String description =
        fact.isByKey()
            ? keyDescription
            : valueDescription(fact.measured(by)) + " Empty if an event has none.";
    return new ModelColumn(fact.columnName(by), description, ColumnType.TEXT, "", true, by);
  }

  /** What a column of silver says, for people. */
  static String valueDescription(MeasuredColumn column) {
    return sentence(
        column.description().isEmpty() ? Labels.capitalized(column.label()) : column.description());
  }

  private ModelColumn column(GoldTable.Column column) {
    ColumnType type = fact.typeOf(column);
    return new ModelColumn(
        fact.columnName(column.name()),
        description(column),
        type,
        format(column),
        type != ColumnType.TEXT && !Fact.isPicked(column) && !withoutMeasure.contains(column),
        column.name());
  }

  private String format(GoldTable.Column column) {
    MeasuredColumn measured = fact.measured(column);
    return switch (column.aggregate().function()) {
      case COUNT, COUNT_DISTINCT -> Formats.COUNT;
      case AVG -> measured.meanFormat();
      case SUM, MIN, MAX -> measured.format();
      case FIRST, LAST ->
          switch (fact.typeOf(column)) {
            case WHOLE, NUMBER -> measured.format();
            case INSTANT -> Formats.INSTANT;
            default -> "";
          };
      case MEAN_DIRECTION -> Formats.DEGREES;
      case MOST_FREQUENT, MEAN_COMPASS_POINT -> "";
    };
  }

  private String description(GoldTable.Column column) {
    MeasuredColumn measured = fact.measured(column);
    String label = measured.label();
    String unit = measured.unit().isEmpty() ? "" : ", " + measured.unit() + ",";
    List<String> arguments = column.aggregate().arguments();
    String own =
        switch (column.aggregate().function()) {
          case COUNT ->
              arguments.isEmpty()
                  ? "Events of the window."
                  : "Events of the window that have a value of %s.".formatted(label);
          case COUNT_DISTINCT ->
              Labels.capitalized(Labels.plural(Labels.thing(arguments.get(0))))
                  + " with at least one event in the window.";
          case AVG -> "Mean %s%s over the events of the window.".formatted(label, unit);
          case MIN -> "Lowest %s%s in the window.".formatted(label, unit);
          case MAX -> "Highest %s%s in the window.".formatted(label, unit);
          case SUM -> "Sum of the %s%s of the events of the window.".formatted(label, unit);
          case FIRST -> "The %s%s of the window's first event with one.".formatted(label, unit);
          case LAST -> "The %s%s of the window's last event with one.".formatted(label, unit);
          case MOST_FREQUENT -> "Most frequent %s of the window.".formatted(label);
          case MEAN_DIRECTION ->
              "Mean %s of the window, degrees clockwise from north: vector mean, weighted by %s; blank when calm."
                  .formatted(label, fact.measured(arguments.get(0)).label());
          case MEAN_COMPASS_POINT ->
              "Compass point of the mean %s of the window; blank when calm.".formatted(label);
        };
    boolean saysMore =
        !measured.description().isEmpty() && !measured.description().equalsIgnoreCase(label);
    String more = saysMore ? " " + sentence(measured.description()) : "";
    String advice =
        withoutMeasure.contains(column)
            ? " How many events that are is not told, so there is no mean of several windows."
            : "";
    return own + more + advice;
  }

  private static String sentence(String text) {
    return text.matches(".*[.!?]") ? text : text + ".";
  }
}
