package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.GoldTable;
import io.medallion.contract.functions.NumberFunction;
import io.medallion.maintenance.lake.RowCursor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  private static final List<String> LINEAGE =
      List.of("partition", "offset", "enqueuedTime", "eventTime", "qualityFlags", "eventHub");

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
      needed.addAll(column.arguments());
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
    Optional<Field> field = contract.field(column);
    if (field.isEmpty()) {
      return Optional.of(
          contract.derived(column).filter(derived -> derived.function().isWhole()).isPresent()
              ? row -> row.isNull(place) ? Double.NaN : row.integer(place)
              : row -> row.number(place));
    }
    if (field.get().type() == FieldType.COMPASS) {
      return degreesOf(column).map(degrees -> row -> row.number(degrees));
    }
    return Optional.of(
        field.get().type() == FieldType.LONG
            ? row -> row.isNull(place) ? Double.NaN : row.bigint(place)
            : row -> row.number(place));
  }

  /** The place of the column that has a direction's degrees. */
  private Optional<Integer> degreesOf(String direction) {
    return contract.silver().stream()
        .filter(SilverRow::isDegrees)
        .filter(column -> column.arguments().get(0).equals(direction))
        .findFirst()
        .map(column -> place(column.name()));
  }

  static boolean isDegrees(DerivedColumn column) {
    return column.function() == NumberFunction.DEGREES;
  }
}
