package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Contract;

/** The types of the columns of gold, and what other languages call them. */
public enum ColumnType {
  INSTANT("datetime", "dateTime", "datetime2(6)"),
  /** 256 characters at most, of up to three bytes each in UTF-8. */
  TEXT("text", "string", "varchar(768)"),
  COMPASS_POINT("text", "string", "varchar(3)"),
  WHOLE("Int64.Type", "int64", "bigint"),
  NUMBER("number", "double", "float"),
  BOOLEAN("logical", "boolean", "bit"),
  /** Of columns that queries add: gold has none. */
  DATE("date", "dateTime", "date");

  private final String m;
  private final String model;
  private final String sql;

  ColumnType(String m, String model, String sql) {
    this.m = m;
    this.model = model;
    this.sql = sql;
  }

  /** The type of an aggregate's column in Delta. */
  public static ColumnType of(Contract contract, Aggregate aggregate) {
    return switch (aggregate.function()) {
      case COUNT, COUNT_DISTINCT -> WHOLE;
      case MOST_FREQUENT -> TEXT;
      case MEAN_COMPASS_POINT -> COMPASS_POINT;
      case SUM, AVG, MIN, MAX, MEAN_DIRECTION -> NUMBER;
      case FIRST, LAST ->
          switch (contract.typeInGold(aggregate.arguments().get(0))) {
            case STRING -> TEXT;
            case LONG -> WHOLE;
            case DOUBLE -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case TIMESTAMP -> INSTANT;
          };
    };
  }

  /** In a query of Power BI. */
  public String m() {
    return m;
  }

  /** In TMDL. */
  String model() {
    return model;
  }

  /** In T-SQL. */
  public String sql() {
    return sql;
  }
}
