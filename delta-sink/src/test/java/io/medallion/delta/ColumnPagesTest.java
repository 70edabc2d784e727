package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.InternalScanFileUtils;
import io.medallion.delta.testing.DeltaTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However values repeat or are missing, over several pages they are read back as written. */
class ColumnPagesTest {

  /** Two full pages and a part of a third. */
  private static final int ROWS = 47_001;

  private static final long NULL = Long.MIN_VALUE;

  private static final Set<Encoding> PLAIN = Set.of(Encoding.PLAIN);
  private static final Set<Encoding> DICTIONARY = Set.of(Encoding.RLE_DICTIONARY);
  private static final Set<Encoding> BOTH = Set.of(Encoding.RLE_DICTIONARY, Encoding.PLAIN);

  /** How the numbers, of which the values are made, follow from the row, and what suits them. */
  record Shape(String name, LongUnaryOperator number, Set<Encoding> pageEncodings) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Shape> shapes() {
    return List.of(
        new Shape("constant", row -> 1, DICTIONARY),
        new Shape("few", row -> row * 7919 % 300 - 150, DICTIONARY),
        new Shape("few and nulls", row -> row % 3 == 0 ? NULL : row * 7919 % 300, DICTIONARY),
        new Shape("different", row -> row * 7919, PLAIN),
        new Shape("different and nulls", row -> row % 5 == 1 ? NULL : row * 7919, PLAIN),
        new Shape("more and more", row -> row < 3_000 ? row % 10 : row, BOTH),
        new Shape("nulls at the end", row -> row < 25_000 ? row % 10 : NULL, BOTH),
        new Shape("nulls at first", row -> row < 25_000 ? NULL : row % 10, BOTH),
        new Shape("nulls only", row -> NULL, PLAIN));
  }

  private static final LogicalType[] TYPES = {
    new IntType(),
    new BigIntType(),
    new FloatType(),
    new DoubleType(),
    VarCharType.STRING_TYPE,
    new VarBinaryType(VarBinaryType.MAX_LENGTH)
  };

  private static final String[] NAMES = {"int", "long", "float", "double", "string", "binary"};

  private static final List<LongFunction<Object>> VALUES =
      List.of(
          number -> (int) number,
          number -> number << 30,
          number -> number / 8f,
          number -> number / 10.0,
          number -> text(number),
          number -> text(number).getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;
  private DirectSink sink;

  @BeforeEach
  void open() {
    sink = new DirectSink(folder.toUri() + "table");
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyValueIsReadBackFromPagesThatSuitTheValues(Shape shape) throws Exception {
    List<List<Object>> expected = new ArrayList<>();
    List<RowData> rows = new ArrayList<>();
    for (long row = 0; row < ROWS; row++) {
      long number = shape.number.applyAsLong(row);
      List<Object> values = new ArrayList<>();
      GenericRowData data = new GenericRowData(TYPES.length);
      for (int i = 0; i < TYPES.length; i++) {
        Object value = number == NULL ? null : VALUES.get(i).apply(number);
        values.add(comparable(value));
        data.setField(i, value instanceof String text ? StringData.fromString(text) : value);
      }
      expected.add(values);
      rows.add(data);
    }

    sink.write(RowType.of(TYPES, NAMES), List.of(), rows);

    assertThat(
            new DeltaTable(sink.path()).rows().stream().map(ColumnPagesTest::comparable).toList())
        .isEqualTo(expected);
    assertThat(pageEncodings())
        .allMatch(shape.pageEncodings::equals, shape.pageEncodings.toString());
  }

  @Test
  void aValueSetAsAnotherTypeIsRefused() {
    RowEncoder<Integer> wrong = (element, out) -> out.setDouble(0, element);
    assertThatThrownBy(() -> encode(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Column 'value' is INT: the encoder set it as another type.");
  }

  @Test
  void aColumnSetTwiceInARowIsRefused() {
    RowEncoder<Integer> twice =
        (element, out) -> {
          out.setInt(0, element);
          out.setInt(0, element);
        };
    assertThatThrownBy(() -> encode(twice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Column 'value' was set twice in one row.");
  }

  /** Not the column that comes after it in the file. */
  @Test
  void aPartitionColumnSetAsDataIsRefused() {
    RowEncoder<Integer> asData =
        new RowEncoder<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public void encodePartition(Integer element, RowWriter out) {
            out.setBoolean(0, true);
          }

          @Override
          public void encode(Integer element, RowWriter out) {
            out.setBoolean(0, true);
          }
        };
    RowType rowType =
        RowType.of(
            new LogicalType[] {new BooleanType(), new BooleanType()},
            new String[] {"partition", "value"});
    assertThatThrownBy(
            () ->
                sink.write(
                    DeltaSink.<Integer>builder()
                        .rowType(rowType)
                        .partitionedBy("partition")
                        .encoder(asData),
                    List.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Column 'partition' is a partition column: it is set by encodePartition alone.");
  }

  private void encode(RowEncoder<Integer> encoder) throws Exception {
    RowType rowType = RowType.of(new LogicalType[] {new IntType()}, new String[] {"value"});
    sink.write(DeltaSink.<Integer>builder().rowType(rowType).encoder(encoder), List.of(1));
  }

  /** The encodings of each column's data pages. */
  private List<Set<Encoding>> pageEncodings() throws Exception {
    String file =
        InternalScanFileUtils.getAddFileStatus(new DeltaTable(sink.path()).files().get(0))
            .getPath();
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file), new Configuration(false)))) {
      return reader.getFooter().getBlocks().get(0).getColumns().stream()
          .map(column -> column.getEncodingStats().getDataEncodings())
          .map(encodings -> encodings.stream().collect(Collectors.toSet()))
          .toList();
    }
  }

  /** Long enough for a dictionary of all of them to be too large. */
  private static String text(long number) {
    return "%040d".formatted(number);
  }

  private static List<Object> comparable(Map<String, Object> row) {
    return row.values().stream().map(ColumnPagesTest::comparable).collect(Collectors.toList());
  }

  private static Object comparable(Object value) {
    return value instanceof byte[] bytes
        ? Arrays.hashCode(bytes)
        : Objects.requireNonNullElse(value, "null");
  }
}
