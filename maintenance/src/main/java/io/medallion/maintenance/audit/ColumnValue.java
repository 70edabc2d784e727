package io.medallion.maintenance.audit;

import io.medallion.contract.expressions.ValueType;
import io.medallion.maintenance.lake.RowCursor;
import java.time.Instant;

/** A column of a row as a value of the type that contracts say. */
final class ColumnValue {

  /** For the last digit of logarithms and powers, which may differ between machines. */
  private static final double TOLERANCE = 1e-9;

  private ColumnValue() {}

  /** Null for null. */
  static Object of(ValueType type, int column, RowCursor row) {
    if (row.isNull(column)) {
      return null;
    }
    return switch (type) {
      case DOUBLE -> row.number(column);
      case LONG -> row.bigint(column);
      case BOOLEAN -> row.bool(column);
      case STRING -> row.text(column);
      case TIMESTAMP -> Instant.ofEpochMilli(Math.floorDiv(row.bigint(column), 1000L));
    };
  }

  /** Whether two values are the same, but for the last digits of a number. */
  static boolean areSame(Object actual, Object expected) {
    if (actual instanceof Double number && expected instanceof Double other) {
      return Math.abs(number - other) <= TOLERANCE * Math.max(1, Math.abs(other));
    }
    return actual == null ? expected == null : actual.equals(expected);
  }
}
