package io.medallion.conformance;

import io.delta.standalone.data.RowRecord;
import io.delta.standalone.types.ArrayType;
import io.delta.standalone.types.BinaryType;
import io.delta.standalone.types.BooleanType;
import io.delta.standalone.types.ByteType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.DateType;
import io.delta.standalone.types.DecimalType;
import io.delta.standalone.types.DoubleType;
import io.delta.standalone.types.FloatType;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.ShortType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import io.delta.standalone.types.TimestampType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * delta-standalone's records as plain Java objects.
 *
 * <p>A record is read as its own schema says, and understood as the table's schema says, which
 * differs in the timestamps: see {@link StandaloneReader}.
 */
final class StandaloneValues {

  private static final int DIGITS_OF_INTEGERS = 18;

  private StandaloneValues() {}

  static Map<String, Object> plain(RowRecord record, StructType declared) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (StructField field : declared.getFields()) {
      String name = field.getName();
      Object value = null;
      if (!record.isNullAt(name)) {
        DataType stored = record.getSchema().get(name).getDataType();
        value = plain(get(record, name, stored), field.getDataType());
      }
      values.put(name, value);
    }
    return values;
  }

  private static Object get(RowRecord record, String name, DataType stored) {
    if (stored instanceof BooleanType) {
      return record.getBoolean(name);
    } else if (stored instanceof ByteType) {
      return record.getByte(name);
    } else if (stored instanceof ShortType) {
      return record.getShort(name);
    } else if (stored instanceof IntegerType) {
      return record.getInt(name);
    } else if (stored instanceof LongType) {
      return record.getLong(name);
    } else if (stored instanceof FloatType) {
      return record.getFloat(name);
    } else if (stored instanceof DoubleType) {
      return record.getDouble(name);
    } else if (stored instanceof DecimalType) {
      return record.getBigDecimal(name);
    } else if (stored instanceof StringType) {
      return record.getString(name);
    } else if (stored instanceof BinaryType) {
      return record.getBinary(name);
    } else if (stored instanceof DateType) {
      return record.getDate(name);
    } else if (stored instanceof ArrayType) {
      return record.getList(name);
    } else if (stored instanceof MapType) {
      return record.getMap(name);
    } else if (stored instanceof StructType) {
      return record.getRecord(name);
    }
    throw new IllegalArgumentException("Not read by delta-standalone: " + stored.getTypeName());
  }

  private static Object plain(Object value, DataType declared) {
    if (value == null) {
      return null;
    } else if (declared instanceof TimestampType) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
    } else if (declared instanceof DateType) {
      return ((Date) value).toLocalDate();
    } else if (declared instanceof DecimalType decimal) {
      return scaled((BigDecimal) value, decimal);
    } else if (declared instanceof StructType struct) {
      return plain((RowRecord) value, struct);
    } else if (declared instanceof ArrayType array) {
      List<Object> list = new ArrayList<>();
      ((List<?>) value).forEach(element -> list.add(plain(element, array.getElementType())));
      return list;
    } else if (declared instanceof MapType map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, mapValue) ->
                  values.put(plain(key, map.getKeyType()), plain(mapValue, map.getValueType())));
      return values;
    }
    return value;
  }

  /**
   * The library forgets the scale of decimals that Parquet stores as integers (up to {@value
   * #DIGITS_OF_INTEGERS} digits), and gives all others one scale.
   */
  private static BigDecimal scaled(BigDecimal value, DecimalType declared) {
    return declared.getPrecision() <= DIGITS_OF_INTEGERS
        ? new BigDecimal(value.toBigIntegerExact(), declared.getScale())
        : value.setScale(declared.getScale(), RoundingMode.UNNECESSARY);
  }
}
