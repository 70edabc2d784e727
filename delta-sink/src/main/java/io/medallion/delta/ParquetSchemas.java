package io.medallion.delta;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Flink's logical types as the Parquet schema of a table's data files: the layout that Spark
 * writes, with three-level lists and maps, timestamps as INT64 microseconds (UTC) and every value
 * optional.
 */
final class ParquetSchemas {

  /** Bytes of an unscaled decimal of 38 digits. */
  static final int DECIMAL_BYTES = 16;

  private static final int MAX_INT_DIGITS = 9;
  private static final int MAX_LONG_DIGITS = 18;

  private ParquetSchemas() {}

  /** The schema of the columns that are stored in files: all but the partition columns. */
  static MessageType toParquet(TableSpec table) {
    List<RowType.RowField> fields = table.rowType().getFields();
    return new MessageType(
        "table",
        table.dataColumns().stream()
            .map(
                column ->
                    toParquet(fields.get(column).getName(), fields.get(column).getType(), true))
            .toList());
  }

  /** The Parquet type that holds a decimal of this many digits. */
  static PrimitiveTypeName decimalStorage(int precision) {
    if (precision <= MAX_INT_DIGITS) {
      return INT32;
    }
    return precision <= MAX_LONG_DIGITS ? INT64 : FIXED_LEN_BYTE_ARRAY;
  }

  private static Type toParquet(String name, LogicalType type, boolean optional) {
    Repetition repetition = optional ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> Types.primitive(BOOLEAN, repetition).named(name);
      case TINYINT -> Types.primitive(INT32, repetition).as(intType(8, true)).named(name);
      case SMALLINT -> Types.primitive(INT32, repetition).as(intType(16, true)).named(name);
      case INTEGER -> Types.primitive(INT32, repetition).named(name);
      case BIGINT -> Types.primitive(INT64, repetition).named(name);
      case FLOAT -> Types.primitive(FLOAT, repetition).named(name);
      case DOUBLE -> Types.primitive(DOUBLE, repetition).named(name);
      case DECIMAL -> decimal(name, (DecimalType) type, repetition);
      case CHAR, VARCHAR -> Types.primitive(BINARY, repetition).as(stringType()).named(name);
      case BINARY, VARBINARY -> Types.primitive(BINARY, repetition).named(name);
      case DATE -> Types.primitive(INT32, repetition).as(dateType()).named(name);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          Types.primitive(INT64, repetition).as(timestampType(true, TimeUnit.MICROS)).named(name);
      case ARRAY ->
          Types.list(repetition)
              .element(toParquet("element", ((ArrayType) type).getElementType(), true))
              .named(name);
      case MAP ->
          Types.map(repetition)
              .key(toParquet("key", ((MapType) type).getKeyType(), false))
              .value(toParquet("value", ((MapType) type).getValueType(), true))
              .named(name);
      case ROW ->
          Types.buildGroup(repetition)
              .addFields(
                  ((RowType) type)
                      .getFields().stream()
                          .map(field -> toParquet(field.getName(), field.getType(), true))
                          .toArray(Type[]::new))
              .named(name);
      default -> throw new IllegalArgumentException("No Parquet type for " + type);
    };
  }

  private static Type decimal(String name, DecimalType type, Repetition repetition) {
    PrimitiveTypeName storage = decimalStorage(type.getPrecision());
    var builder = Types.primitive(storage, repetition);
    return (storage == FIXED_LEN_BYTE_ARRAY ? builder.length(DECIMAL_BYTES) : builder)
        .as(decimalType(type.getScale(), type.getPrecision()))
        .named(name);
  }
}
