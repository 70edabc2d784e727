package io.medallion.delta.compact;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
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
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Kernel's values as Flink's internal data structures: of nested types and decimals. */
final class InternalValues {

  private static final long MICROS_PER_MILLI = 1_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private InternalValues() {}

  /** Null for null. */
  static Object of(ColumnVector values, int row) {
    if (values.isNullAt(row)) {
      return null;
    }
    DataType type = values.getDataType();
    if (type instanceof BooleanType) {
      return values.getBoolean(row);
    } else if (type instanceof ByteType) {
      return values.getByte(row);
    } else if (type instanceof ShortType) {
      return values.getShort(row);
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return values.getInt(row);
    } else if (type instanceof LongType) {
      return values.getLong(row);
    } else if (type instanceof TimestampType) {
      long micros = values.getLong(row);
      return TimestampData.fromEpochMillis(
          Math.floorDiv(micros, MICROS_PER_MILLI),
          (int) Math.floorMod(micros, MICROS_PER_MILLI) * NANOS_PER_MICRO);
    } else if (type instanceof FloatType) {
      return values.getFloat(row);
    } else if (type instanceof DoubleType) {
      return values.getDouble(row);
    } else if (type instanceof DecimalType decimal) {
      return DecimalData.fromBigDecimal(
          values.getDecimal(row), decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof StringType) {
      return StringData.fromString(values.getString(row));
    } else if (type instanceof BinaryType) {
      return values.getBinary(row);
    } else if (type instanceof ArrayType) {
      return array(values.getArray(row));
    } else if (type instanceof MapType) {
      MapValue map = values.getMap(row);
      return new Entries(
          elements(map.getKeys(), map.getSize()), elements(map.getValues(), map.getSize()));
    } else if (type instanceof StructType struct) {
      GenericRowData fields = new GenericRowData(struct.length());
      for (int field = 0; field < struct.length(); field++) {
        fields.setField(field, of(values.getChild(field), row));
      }
      return fields;
    }
    throw new IllegalArgumentException("Values of type " + type + " are not copied");
  }

  private static GenericArrayData array(ArrayValue array) {
    return elements(array.getElements(), array.getSize());
  }

  private static GenericArrayData elements(ColumnVector values, int size) {
    Object[] elements = new Object[size];
    for (int i = 0; i < size; i++) {
      elements[i] = of(values, i);
    }
    return new GenericArrayData(elements);
  }

  /** A map as it is stored: keys may be there twice. */
  private record Entries(GenericArrayData keys, GenericArrayData values) implements MapData {

    @Override
    public int size() {
      return keys.size();
    }

    @Override
    public ArrayData keyArray() {
      return keys;
    }

    @Override
    public ArrayData valueArray() {
      return values;
    }
  }
}
