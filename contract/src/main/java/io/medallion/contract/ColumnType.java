package io.medallion.contract;

import io.medallion.contract.expressions.ValueType;
import java.util.Locale;

/** The types of the columns that a contract declares, by their names in Delta. */
public enum ColumnType {
  STRING,
  LONG,
  INTEGER,
  DOUBLE,
  BOOLEAN,
  TIMESTAMP;

  /** Of the column of silver that a field has. */
  public static ColumnType of(Field field) {
    return field.type() == FieldType.COMPASS ? STRING : of(field.type().valueType());
  }

  private static ColumnType of(ValueType type) {
    return switch (type) {
      case DOUBLE -> DOUBLE;
      case LONG -> LONG;
      case BOOLEAN -> BOOLEAN;
      case STRING -> STRING;
      case TIMESTAMP -> TIMESTAMP;
    };
  }

  /** Of a column of silver that follows from fields. */
  public static ColumnType of(DerivedColumn column) {
    boolean isCount = column.formula() instanceof Formula.Call call && call.function().isWhole();
    return isCount ? INTEGER : of(column.formula().type());
  }

  /** Of a column of gold. */
  public static ColumnType of(Contract contract, Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, COUNT_DISTINCT -> LONG;
      case MOST_FREQUENT, MEAN_COMPASS_POINT -> STRING;
      case SUM, AVG, MIN, MAX, MEAN_DIRECTION -> DOUBLE;
      case FIRST, LAST -> of(contract.typeInGold(aggregate.arguments().get(0)));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
