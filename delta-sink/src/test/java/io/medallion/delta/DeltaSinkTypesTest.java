package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.testing.DeltaTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes in as a Flink row comes out of the table, whatever its type. */
class DeltaSinkTypesTest {

  private static final RowType EVERY_TYPE =
      rowType(
          DataTypes.FIELD("boolean", DataTypes.BOOLEAN()),
          DataTypes.FIELD("byte", DataTypes.TINYINT()),
          DataTypes.FIELD("short", DataTypes.SMALLINT()),
          DataTypes.FIELD("int", DataTypes.INT()),
          DataTypes.FIELD("long", DataTypes.BIGINT()),
          DataTypes.FIELD("float", DataTypes.FLOAT()),
          DataTypes.FIELD("double", DataTypes.DOUBLE()),
          DataTypes.FIELD("smallDecimal", DataTypes.DECIMAL(9, 2)),
          DataTypes.FIELD("mediumDecimal", DataTypes.DECIMAL(18, 4)),
          DataTypes.FIELD("largeDecimal", DataTypes.DECIMAL(38, 10)),
          DataTypes.FIELD("string", DataTypes.STRING()),
          DataTypes.FIELD("binary", DataTypes.BYTES()),
          DataTypes.FIELD("date", DataTypes.DATE()),
          DataTypes.FIELD("timestamp", DataTypes.TIMESTAMP_LTZ(6)),
          DataTypes.FIELD("array", DataTypes.ARRAY(DataTypes.INT())),
          DataTypes.FIELD("map", DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT())),
          DataTypes.FIELD(
              "row",
              DataTypes.ROW(
                  DataTypes.FIELD("x", DataTypes.DOUBLE()),
                  DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())))),
          DataTypes.FIELD(
              "arrayOfMaps",
              DataTypes.ARRAY(
                  DataTypes.MAP(DataTypes.STRING(), DataTypes.ARRAY(DataTypes.INT())))));

  @TempDir Path folder;
  private DirectSink sink;

  @BeforeEach
  void open() {
    sink = new DirectSink(folder.toUri() + "table");
  }

  @Test
  void everyTypeIsReadBackAsWritten() throws Exception {
    Instant microsecond = Instant.parse("2026-02-28T23:59:59.123456Z");
    GenericRowData row =
        GenericRowData.of(
            true,
            (byte) -7,
            (short) 300,
            -70_000,
            1L << 40,
            1.5f,
            -2.25,
            DecimalData.fromBigDecimal(new BigDecimal("-1234567.89"), 9, 2),
            DecimalData.fromBigDecimal(new BigDecimal("99999999999999.9999"), 18, 4),
            DecimalData.fromBigDecimal(
                new BigDecimal("-1234567890123456789012345678.0123456789"), 38, 10),
            StringData.fromString("Zürich 🌦"),
            new byte[] {0, -1, 127},
            (int) LocalDate.of(1969, 12, 31).toEpochDay(),
            TimestampData.fromInstant(microsecond),
            new GenericArrayData(new Integer[] {1, null, 3}),
            new GenericMapData(stringMap("a", 1L, "b", null)),
            GenericRowData.of(0.5, new GenericArrayData(new Object[] {StringData.fromString("t")})),
            new GenericArrayData(
                new Object[] {
                  new GenericMapData(stringMap("k", new GenericArrayData(new Integer[] {7, 8}))),
                  null,
                  new GenericMapData(Map.of())
                }));

    sink.write(EVERY_TYPE, List.of(), List.of(row));

    Map<String, Object> read = new DeltaTable(sink.path()).rows().get(0);
    assertThat(read)
        .containsEntry("boolean", true)
        .containsEntry("byte", (byte) -7)
        .containsEntry("short", (short) 300)
        .containsEntry("int", -70_000)
        .containsEntry("long", 1L << 40)
        .containsEntry("float", 1.5f)
        .containsEntry("double", -2.25)
        .containsEntry("smallDecimal", new BigDecimal("-1234567.89"))
        .containsEntry("mediumDecimal", new BigDecimal("99999999999999.9999"))
        .containsEntry("largeDecimal", new BigDecimal("-1234567890123456789012345678.0123456789"))
        .containsEntry("string", "Zürich 🌦")
        .containsEntry("binary", new byte[] {0, -1, 127})
        .containsEntry("date", LocalDate.of(1969, 12, 31))
        .containsEntry("timestamp", microsecond);
    assertThat(read)
        .containsEntry("array", Arrays.asList(1, null, 3))
        .containsEntry("map", mapOf("a", 1L, "b", null))
        .containsEntry("row", mapOf("x", 0.5, "tags", List.of("t")))
        .containsEntry("arrayOfMaps", Arrays.asList(Map.of("k", List.of(7, 8)), null, Map.of()));
  }

  @Test
  void aRowOfNullsIsReadBackAsNulls() throws Exception {
    sink.write(EVERY_TYPE, List.of(), List.of(new GenericRowData(EVERY_TYPE.getFieldCount())));
    assertThat(new DeltaTable(sink.path()).rows().get(0).values()).containsOnlyNulls();
  }

  @Test
  void theTableNeedsNoMoreThanReaderVersion1AndWriterVersion2() throws Exception {
    sink.write(EVERY_TYPE, List.of(), List.of(new GenericRowData(EVERY_TYPE.getFieldCount())));
    var protocol = new DeltaTable(sink.path()).snapshot().getProtocol();
    assertThat(protocol.getMinReaderVersion()).isEqualTo(1);
    assertThat(protocol.getMinWriterVersion()).isEqualTo(2);
  }

  @Test
  void partitionValuesOfEveryTypeAreReadBack() throws Exception {
    RowType rowType =
        rowType(
            DataTypes.FIELD("value", DataTypes.INT()),
            DataTypes.FIELD("text", DataTypes.STRING()),
            DataTypes.FIELD("day", DataTypes.DATE()),
            DataTypes.FIELD("flag", DataTypes.BOOLEAN()),
            DataTypes.FIELD("number", DataTypes.BIGINT()),
            DataTypes.FIELD("time", DataTypes.TIMESTAMP_LTZ(6)));
    Instant time = Instant.parse("2026-11-22T10:11:12.000345Z");
    RowData row =
        GenericRowData.of(
            1,
            StringData.fromString("a/b=c %20 é:"),
            20_000,
            false,
            -5L,
            TimestampData.fromInstant(time));
    sink.write(rowType, List.of("text", "day", "flag", "number", "time"), List.of(row));

    assertThat(new DeltaTable(sink.path()).rows())
        .containsExactly(
            mapOf(
                "value",
                1,
                "text",
                "a/b=c %20 é:",
                "day",
                LocalDate.ofEpochDay(20_000),
                "flag",
                false,
                "number",
                -5L,
                "time",
                time));
  }

  @Test
  void aNullPartitionValueIsRefused() {
    RowType rowType =
        rowType(
            DataTypes.FIELD("value", DataTypes.INT()), DataTypes.FIELD("day", DataTypes.DATE()));
    assertThatThrownBy(
            () -> sink.write(rowType, List.of("day"), List.of(GenericRowData.of(1, null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("partitioned by [day]")
        .hasMessageContaining("Null partition values are not written");
  }

  @Test
  void manyPartitionsAtOnceAreAllWrittenWithFewFilesOpen() throws Exception {
    RowType rowType =
        rowType(
            DataTypes.FIELD("value", DataTypes.INT()), DataTypes.FIELD("day", DataTypes.DATE()));
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(GenericRowData.of(i, i));
    }
    sink.write(rowType, List.of("day"), rows);
    assertThat(new DeltaTable(sink.path()).rows()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aFileIsFinishedAtItsTargetSize() throws Exception {
    RowType rowType = rowType(DataTypes.FIELD("value", DataTypes.BYTES()));
    Random random = new Random(1);
    List<RowData> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = new byte[256];
      random.nextBytes(noise);
      rows.add(GenericRowData.of((Object) noise));
    }
    sink.targetFileSize(MemorySize.parse("512kb")).write(rowType, List.of(), rows);
    DeltaTable table = new DeltaTable(sink.path());
    assertThat(table.files()).hasSizeBetween(3, 8);
    assertThat(table.rows()).hasSize(10_000);
  }

  @Test
  void aTypeThatDeltaCannotHoldIsRefusedWhenTheSinkIsBuilt() {
    RowType rowType = rowType(DataTypes.FIELD("local", DataTypes.TIMESTAMP(6)));
    assertThatThrownBy(() -> sink.write(rowType, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'local'")
        .hasMessageContaining("TIMESTAMP_LTZ(6)");
  }

  private static RowType rowType(DataTypes.Field... fields) {
    DataType row = DataTypes.ROW(fields);
    return (RowType) row.getLogicalType();
  }

  private static Map<StringData, Object> stringMap(Object... keysAndValues) {
    Map<StringData, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(StringData.fromString((String) keysAndValues[i]), keysAndValues[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> mapOf(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
