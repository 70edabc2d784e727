package io.medallion.powerbi.model;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /** The type of an aggregate's column. */
  static ColumnType of(Contract contract, Aggregate aggregate) {
    if (aggregate.function() == Aggregate.Function.MEAN_COMPASS_POINT) {
      return COMPASS_POINT;
    }
    return switch (io.medallion.contract.ColumnType.of(contract, aggregate)) {
      case STRING -> TEXT;
      case LONG, INTEGER -> WHOLE;
      case DOUBLE -> NUMBER;
      case BOOLEAN -> BOOLEAN;
      case TIMESTAMP -> INSTANT;
    };
  }

  /** The columns of a table of gold, in its order. */
  public static Map<String, ColumnType> of(Contract contract, GoldTable table) {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    columns.put("windowStart", INSTANT);
    columns.put("windowEnd", INSTANT);
    table.by().ifPresent(by -> columns.put(by, TEXT));
    table.columns().forEach(column -> columns.put(column.name(), of(contract, column.aggregate())));
    return columns;
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
