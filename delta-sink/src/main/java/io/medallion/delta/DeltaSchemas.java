package io.medallion.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Flink's logical types as Delta's.
 *
 * <p>Only what every reader of protocol 1/2 understands: no {@code timestamp_ntz}, no variant. See
 * "Schema Serialization Format" in the Delta protocol.
 */
public final class DeltaSchemas {

  private DeltaSchemas() {}

  /** The table's schema. Throws {@link IllegalArgumentException} naming a column it can't hold. */
  public static StructType toDelta(RowType rowType) {
    StructType schema = new StructType();
    for (RowType.RowField field : rowType.getFields()) {
      schema =
          schema.add(
              field.getName(),
              toDelta(field.getName(), field.getType()),
              field.getType().isNullable());
    }
    return schema;
  }

  private static DataType toDelta(String column, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case TINYINT -> ByteType.BYTE;
      case SMALLINT -> ShortType.SHORT;
      case INTEGER -> IntegerType.INTEGER;
      case BIGINT -> LongType.LONG;
      case FLOAT -> FloatType.FLOAT;
      case DOUBLE -> DoubleType.DOUBLE;
      case DECIMAL -> {
        var decimal = (org.apache.flink.table.types.logical.DecimalType) type;
        yield new DecimalType(decimal.getPrecision(), decimal.getScale());
      }
      case CHAR, VARCHAR -> StringType.STRING;
      case BINARY, VARBINARY -> BinaryType.BINARY;
      case DATE -> DateType.DATE;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        if (((LocalZonedTimestampType) type).getPrecision() > 6) {
          throw unsupported(column, type, "Delta keeps microseconds: use TIMESTAMP_LTZ(6)");
        }
        yield TimestampType.TIMESTAMP;
      }
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          throw unsupported(
              column,
              type,
              "it would need the timestampNtz feature, which locks readers out: use"
                  + " TIMESTAMP_LTZ(6)");
      case ARRAY -> {
        LogicalType element =
            ((org.apache.flink.table.types.logical.ArrayType) type).getElementType();
        yield new ArrayType(toDelta(column, element), element.isNullable());
      }
      case MAP -> {
        var map = (org.apache.flink.table.types.logical.MapType) type;
        yield new MapType(
            toDelta(column, map.getKeyType()),
            toDelta(column, map.getValueType()),
            map.getValueType().isNullable());
      }
      case ROW -> toDelta((RowType) type);
      default -> throw unsupported(column, type, "Delta has no such type");
    };
  }

  private static IllegalArgumentException unsupported(
      String column, LogicalType type, String reason) {
    return new IllegalArgumentException(
        "Column '" + column + "' of type " + type + " can't be written to Delta: " + reason);
  }
}
