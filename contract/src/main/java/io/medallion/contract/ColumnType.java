package io.medallion.contract;

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
    return switch (field.type()) {
      case DOUBLE -> DOUBLE;
      case LONG -> LONG;
      case BOOLEAN -> BOOLEAN;
      case STRING, COMPASS -> STRING;
      case TIMESTAMP -> TIMESTAMP;
    };
  }

  /** Of a column of silver that follows from fields. */
  public static ColumnType of(DerivedColumn column) {
    return column.function().isWhole() ? INTEGER : DOUBLE;
  }

  /** Of a column of gold. */
  public static ColumnType of(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, COUNT_DISTINCT -> LONG;
      case MOST_FREQUENT, MEAN_COMPASS_POINT -> STRING;
      case SUM, AVG, MIN, MAX, MEAN_DIRECTION -> DOUBLE;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
