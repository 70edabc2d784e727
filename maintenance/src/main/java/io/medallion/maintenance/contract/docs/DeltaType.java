package io.medallion.maintenance.contract.docs;

import org.apache.flink.table.types.logical.LogicalType;

/** The names that Delta has for types of columns. */
final class DeltaType {

  private DeltaType() {}

  static String name(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case VARCHAR -> "string";
      case INTEGER -> "integer";
      case BIGINT -> "long";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp";
      case DATE -> "date";
      default -> throw new IllegalArgumentException("a type that no such table has: " + type);
    };
  }
}
