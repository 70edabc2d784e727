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
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

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

  /** The other way. Throws {@link IllegalArgumentException} naming a column of another type. */
  public static RowType toFlink(StructType schema) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      fields.add(
          new RowType.RowField(
              field.getName(),
              toFlink(field.getName(), field.getDataType()).copy(field.isNullable())));
    }
    return new RowType(fields);
  }

  private static LogicalType toFlink(String column, DataType type) {
    if (type instanceof BooleanType) {
      return new org.apache.flink.table.types.logical.BooleanType();
    } else if (type instanceof ByteType) {
      return new TinyIntType();
    } else if (type instanceof ShortType) {
      return new SmallIntType();
    } else if (type instanceof IntegerType) {
      return new IntType();
    } else if (type instanceof LongType) {
      return new BigIntType();
    } else if (type instanceof FloatType) {
      return new org.apache.flink.table.types.logical.FloatType();
    } else if (type instanceof DoubleType) {
      return new org.apache.flink.table.types.logical.DoubleType();
    } else if (type instanceof DecimalType decimal) {
      return new org.apache.flink.table.types.logical.DecimalType(
          decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof StringType) {
      return VarCharType.STRING_TYPE;
    } else if (type instanceof BinaryType) {
      return new VarBinaryType(VarBinaryType.MAX_LENGTH);
    } else if (type instanceof DateType) {
      return new org.apache.flink.table.types.logical.DateType();
    } else if (type instanceof TimestampType) {
      return new LocalZonedTimestampType(6);
    } else if (type instanceof ArrayType array) {
      return new org.apache.flink.table.types.logical.ArrayType(
          toFlink(column, array.getElementType()).copy(array.containsNull()));
    } else if (type instanceof MapType map) {
      return new org.apache.flink.table.types.logical.MapType(
          toFlink(column, map.getKeyType()).copy(false),
          toFlink(column, map.getValueType()).copy(map.isValueContainsNull()));
    } else if (type instanceof StructType struct) {
      return toFlink(struct);
    }
    throw new IllegalArgumentException(
        "Column '" + column + "' has the type " + type + ", which is not written here");
  }

  private static IllegalArgumentException unsupported(
      String column, LogicalType type, String reason) {
    return new IllegalArgumentException(
        "Column '" + column + "' of type " + type + " can't be written to Delta: " + reason);
  }
}
