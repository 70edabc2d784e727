package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.FieldType;
import io.medallion.contract.Formula;
import io.medallion.contract.GoldTable;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.NumberFunction;
import io.medallion.maintenance.lake.RowCursor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The columns of silver that the audit of a contract reads, and where their values are in a {@link
 * RowCursor}.
 */
final class SilverRow {

  static final int PARTITION = 0;
  static final int OFFSET = 1;
  static final int ENQUEUED_TIME = 2;
  static final int EVENT_TIME = 3;
  static final int QUALITY_FLAGS = 4;
  static final int EVENT_HUB = 5;
  static final int INDEX = 6;

  private static final String EVENT_TIME_NAME = "eventTime";

  private static final List<String> LINEAGE =
      List.of(
          "partition", "offset", "enqueuedTime", "eventTime", "qualityFlags", "eventHub", "index");

  private final Contract contract;
  private final List<String> columns;

  /** A number of a row; NaN if it has none. */
  interface NumberOf {
    double of(RowCursor row);
  }

  SilverRow(Contract contract) {
    this.contract = contract;
    Set<String> needed = new LinkedHashSet<>(LINEAGE);
    needed.add(contract.keyColumn());
    for (GoldTable table : contract.gold()) {
      table.by().ifPresent(needed::add);
      table.columns().forEach(column -> needed.addAll(column.aggregate().arguments()));
    }
    for (DerivedColumn column : contract.silver()) {
      needed.add(column.name());
      needed.addAll(column.formula().names());
    }
    this.columns = List.copyOf(needed);
  }

  List<String> columns() {
    return columns;
  }

  int place(String column) {
    return columns.indexOf(column);
  }

  /**
   * How a column is read as the number that formulas and aggregates take.
   *
   * @return empty for a direction of which silver has the compass point, and not the degrees
   */
  Optional<NumberOf> number(String column) {
    int place = place(column);
    if (isDirection(column)) {
      return degreesOf(column).map(degrees -> row -> row.number(degrees));
    }
    return Optional.of(
        switch (type(column)) {
          case LONG ->
              isInteger(column)
                  ? row -> row.isNull(place) ? Double.NaN : row.integer(place)
                  : row -> row.isNull(place) ? Double.NaN : row.bigint(place);
          default -> row -> row.number(place);
        });
  }

  /**
   * How a column is read as the value that formulas are about; null for none.
   *
   * @return empty for a direction of which silver has the compass point, and not the degrees
   */
  Optional<Function<RowCursor, Object>> value(String column) {
    if (column.equals(EVENT_TIME_NAME)) {
      return Optional.of(row -> ColumnValue.of(ValueType.TIMESTAMP, EVENT_TIME, row));
    }
    ValueType type = type(column);
    int place = place(column);
    if (isDirection(column)) {
      return degreesOf(column).map(degrees -> row -> ColumnValue.of(type, degrees, row));
    }
    return Optional.of(
        isInteger(column)
            ? row -> row.isNull(place) ? null : (Object) (long) row.integer(place)
            : row -> ColumnValue.of(type, place, row));
  }

  /** As {@link #value}, but of the type that gold has: what functions give are numbers there. */
  Optional<Function<RowCursor, Object>> valueInGold(String column) {
    if (contract.typeInGold(column) != ValueType.DOUBLE) {
      return value(column);
    }
    return number(column)
        .map(
            number ->
                row -> {
                  double value = number.of(row);
                  return Double.isNaN(value) ? null : (Object) value;
                });
  }

  private boolean isDirection(String column) {
    return contract.field(column).filter(f -> f.type() == FieldType.COMPASS).isPresent();
  }

  /** Of a column of silver; of a direction that of its degrees. */
  private ValueType type(String column) {
    return contract
        .derived(column)
        .map(derived -> derived.formula().type())
        .orElseGet(() -> contract.typeInGold(column));
  }

  /** Whether a whole number has 32 bits. */
  private boolean isInteger(String column) {
    return contract
        .derived(column)
        .filter(derived -> !derived.isComputed() && derived.formula().type() == ValueType.LONG)
        .isPresent();
  }

  /** The place of the column that has a direction's degrees. */
  private Optional<Integer> degreesOf(String direction) {
    return contract.silver().stream()
        .filter(column -> isDegreesOf(column, direction))
        .findFirst()
        .map(column -> place(column.name()));
  }

  private static boolean isDegreesOf(DerivedColumn column, String direction) {
    return direction(column).filter(direction::equals).isPresent();
  }

  /** The field whose degrees a column has, if it has those of one. */
  static Optional<String> direction(DerivedColumn column) {
    return column.formula() instanceof Formula.Call call
            && call.function() == NumberFunction.DEGREES
        ? Optional.of(call.arguments().get(0))
        : Optional.empty();
  }
}
