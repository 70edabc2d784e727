package io.medallion.delta;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** For each type that the sink writes, the values that are most often got wrong. */
final class SampleValues {

  /**
   * A column and the values that it takes.
   *
   * @param values in Flink's internal data structures
   */
  record Column(String name, DataType type, List<Object> values) {

    DataTypes.Field field() {
      return DataTypes.FIELD(name, type);
    }

    /** The same column without nulls. */
    Column required() {
      return new Column(name, type.notNull(), values);
    }

    /** The row's value: the column's values over and over; null in every ninth row, if allowed. */
    Object value(int row) {
      boolean isNull = type.getLogicalType().isNullable() && (values.isEmpty() || row % 9 == 8);
      return isNull ? null : values.get(row % values.size());
    }
  }

  private SampleValues() {}

  static List<Column> flat() {
    return List.of(
        column("boolean", DataTypes.BOOLEAN(), true, false),
        column("byte", DataTypes.TINYINT(), Byte.MIN_VALUE, (byte) -1, (byte) 0, Byte.MAX_VALUE),
        column("short", DataTypes.SMALLINT(), Short.MIN_VALUE, (short) 300, Short.MAX_VALUE),
        column("int", DataTypes.INT(), Integer.MIN_VALUE, -70_000, 0, Integer.MAX_VALUE),
        column("long", DataTypes.BIGINT(), Long.MIN_VALUE, -1L, (1L << 53) + 1, Long.MAX_VALUE),
        column("float", DataTypes.FLOAT(), -1.5f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE),
        column("double", DataTypes.DOUBLE(), -2.25, 0.1, Double.MIN_VALUE, -Double.MAX_VALUE),
        decimals(9, 2, "-1234567.89", "0.00", "0.01", "9999999.99"),
        decimals(18, 4, "-99999999999999.9999", "-0.0001", "99999999999999.9998"),
        decimals(38, 10, "-12345678901234567890.0123456789", "0.0000000001", "9007199254740993.1"),
        column(
            "string",
            DataTypes.STRING(),
            texts("", " ", "null", "Zürich 🌦", "tab\tquote\"\\\n", "a".repeat(500))),
        column("binary", DataTypes.BYTES(), new byte[0], new byte[] {0, -1, 127}, new byte[300]),
        column(
            "date", DataTypes.DATE(), days("0001-01-01", "1582-10-04", "1969-12-31", "9999-12-31")),
        column("timestamp", DataTypes.TIMESTAMP_LTZ(6), timestamps()),
        column("required", DataTypes.STRING().notNull(), text("always")));
  }

  static Column wideDecimals() {
    return decimals(
        38,
        10,
        "-9999999999999999999999999999.9999999999",
        "-1234567890123456789012345678.0123456789");
  }

  static List<Column> nested() {
    return List.of(
        column("array", DataTypes.ARRAY(DataTypes.INT()), array(1, 2, 3), array()),
        column(
            "map",
            DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()),
            map(text("a"), 1L, text("b"), 2L),
            map()),
        column(
            "timeByDay",
            DataTypes.MAP(DataTypes.DATE(), DataTypes.TIMESTAMP_LTZ(6)),
            map(-1, TimestampData.fromEpochMillis(-1, 999_000))),
        column(
            "row",
            DataTypes.ROW(
                DataTypes.FIELD("x", DataTypes.DOUBLE()),
                DataTypes.FIELD("time", DataTypes.TIMESTAMP_LTZ(6)),
                DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING()))),
            GenericRowData.of(0.5, TimestampData.fromEpochMillis(1), array(text("t"))),
            new GenericRowData(3)),
        column(
            "arrayOfMaps",
            DataTypes.ARRAY(DataTypes.MAP(DataTypes.STRING(), DataTypes.ARRAY(DataTypes.INT()))),
            array(map(text("k"), array(7, 8)), map())));
  }

  /** Nulls inside lists and maps. */
  static List<Column> nestedNulls() {
    return List.of(
        column("array", DataTypes.ARRAY(DataTypes.INT()), array(1, null), array((Object) null)),
        column(
            "map",
            DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()),
            map(text("a"), 1L, text("b"), null)),
        column(
            "arrayOfRows",
            DataTypes.ARRAY(DataTypes.ROW(DataTypes.FIELD("bytes", DataTypes.BYTES()))),
            array(GenericRowData.of((Object) new byte[] {1}), null, new GenericRowData(1))),
        column(
            "arrayOfMaps",
            DataTypes.ARRAY(DataTypes.MAP(DataTypes.STRING(), DataTypes.ARRAY(DataTypes.INT()))),
            array(map(text("k"), array(7, null)), null, map(text("l"), null))));
  }

  static Column column(String name, DataType type, Object... values) {
    return new Column(name, type, List.of(values));
  }

  static Object[] texts(String... texts) {
    return Stream.of(texts).map(StringData::fromString).toArray();
  }

  private static StringData text(String text) {
    return StringData.fromString(text);
  }

  /**
   * Around the epoch, the end of a millisecond, and the ends of the years that readers agree on.
   */
  static Object[] timestamps() {
    return Stream.of(
            "0001-01-01T00:00:00Z",
            "1899-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2026-03-29T01:30:00.000999Z",
            "2026-10-25T01:30:00.123456Z",
            "9999-12-31T23:59:59.999999Z")
        .map(Instant::parse)
        .map(TimestampData::fromInstant)
        .toArray();
  }

  static Object[] days(String... dates) {
    return Stream.of(dates).map(date -> (int) LocalDate.parse(date).toEpochDay()).toArray();
  }

  private static Column decimals(int precision, int scale, String... values) {
    return column(
        "decimal" + precision,
        DataTypes.DECIMAL(precision, scale),
        Stream.of(values).map(value -> decimal(value, precision, scale)).toArray());
  }

  private static DecimalData decimal(String value, int precision, int scale) {
    return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
  }

  private static GenericArrayData array(Object... elements) {
    return new GenericArrayData(elements);
  }

  private static GenericMapData map(Object... keysAndValues) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new GenericMapData(map);
  }
}
