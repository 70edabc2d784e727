package io.medallion.delta.testing;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kernel's column vectors as plain Java objects, nested ones too: dates and timestamps as
 * java.time, structs and maps as Java maps.
 */
final class KernelValues {

  private KernelValues() {}

  /** The rows that the batch selects, each as column name → value. */
  static List<Map<String, Object>> rows(FilteredColumnarBatch batch) {
    ColumnarBatch data = batch.getData();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < data.getSize(); row++) {
      int rowId = row;
      if (batch.getSelectionVector().map(selected -> selected.getBoolean(rowId)).orElse(true)) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int column = 0; column < data.getSchema().length(); column++) {
          values.put(
              data.getSchema().at(column).getName(), value(data.getColumnVector(column), row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static Object value(ColumnVector vector, int row) {
    DataType type = vector.getDataType();
    if (vector.isNullAt(row)) {
      return null;
    } else if (type instanceof BooleanType) {
      return vector.getBoolean(row);
    } else if (type instanceof ByteType) {
      return vector.getByte(row);
    } else if (type instanceof ShortType) {
      return vector.getShort(row);
    } else if (type instanceof IntegerType) {
      return vector.getInt(row);
    } else if (type instanceof LongType) {
      return vector.getLong(row);
    } else if (type instanceof FloatType) {
      return vector.getFloat(row);
    } else if (type instanceof DoubleType) {
      return vector.getDouble(row);
    } else if (type instanceof DecimalType) {
      return vector.getDecimal(row);
    } else if (type instanceof StringType) {
      return vector.getString(row);
    } else if (type instanceof BinaryType) {
      return vector.getBinary(row);
    } else if (type instanceof DateType) {
      return LocalDate.ofEpochDay(vector.getInt(row));
    } else if (type instanceof TimestampType) {
      return Instant.EPOCH.plus(vector.getLong(row), ChronoUnit.MICROS);
    } else if (type instanceof ArrayType) {
      return list(vector.getArray(row));
    } else if (type instanceof MapType) {
      return map(vector.getMap(row));
    } else if (type instanceof StructType struct) {
      return struct(vector, struct, row);
    }
    throw new IllegalArgumentException("No test reader for " + type);
  }

  private static List<Object> list(ArrayValue array) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < array.getSize(); i++) {
      list.add(value(array.getElements(), i));
    }
    return list;
  }

  private static Map<Object, Object> map(MapValue mapValue) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < mapValue.getSize(); i++) {
      map.put(value(mapValue.getKeys(), i), value(mapValue.getValues(), i));
    }
    return map;
  }

  private static Map<String, Object> struct(ColumnVector vector, StructType type, int row) {
    Map<String, Object> struct = new LinkedHashMap<>();
    for (int field = 0; field < type.length(); field++) {
      struct.put(type.at(field).getName(), value(vector.getChild(field), row));
    }
    return struct;
  }
}
