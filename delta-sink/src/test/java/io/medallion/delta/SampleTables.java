package io.medallion.delta;

import static io.medallion.delta.SampleValues.column;
import static io.medallion.delta.SampleValues.texts;

import io.medallion.delta.SampleValues.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes with the sink what readers are likely to stumble over. A process of its own, for the tests
 * that read the tables with other libraries than ours (module conformance).
 *
 * <p>The first column of each table is {@code id}, the row's number. Each commit has one file a
 * partition.
 */
final class SampleTables {

  private final Path folder;

  private SampleTables(Path folder) {
    this.folder = folder;
  }

  /** Argument: the folder to make the tables in. */
  public static void main(String[] args) throws Exception {
    SampleTables tables = new SampleTables(Path.of(args[0]));
    tables.everyType();
    tables.bounds();
    tables.manyRows();
    tables.partitionTypes();
    tables.partitionTexts();
    tables.notForStandalone();
    tables.compressed(Compression.SNAPPY);
    tables.compressed(Compression.UNCOMPRESSED);
    tables.write("empty", SampleValues.flat(), List.of(), 1, 0);
  }

  /** Enough commits that the log begins with a log checkpoint. */
  private void everyType() throws Exception {
    List<Column> columns =
        Stream.concat(SampleValues.flat().stream(), SampleValues.nested().stream()).toList();
    write("every_type", columns, List.of(), 10, 5);
  }

  /** A row a file, so that each value is a file's lower and upper bound. */
  private void bounds() throws Exception {
    String longest = "é".repeat(FileStatistics.MAX_STRING);
    String last = Character.toString(Character.MAX_CODE_POINT);
    double infinity = Double.POSITIVE_INFINITY;
    List<Column> odd =
        List.of(
            column("oddDouble", DataTypes.DOUBLE(), -0.0, 0.0, Double.NaN, infinity, -infinity),
            column("oddFloat", DataTypes.FLOAT(), 0f, -0f, Float.NaN, 1f, Float.NEGATIVE_INFINITY),
            column(
                "oddString",
                DataTypes.STRING(),
                texts("\uffff", "🌦", longest, longest + "z", longest + last + "z")),
            column("nothing", DataTypes.INT()));
    List<Column> columns = Stream.concat(SampleValues.flat().stream(), odd.stream()).toList();
    write("bounds", columns, List.of(), 9, 1);
  }

  /** Several pages a column, with and without a dictionary. */
  private void manyRows() throws Exception {
    Object[] lists =
        IntStream.range(0, 50)
            .mapToObj(size -> new GenericArrayData(IntStream.range(0, size % 5).toArray()))
            .toArray();
    Object[] numbers = IntStream.range(0, 23_011).mapToObj(i -> i * 0.1).toArray();
    Object[] stations = texts("Zürich", "Säntis", "Davos");
    List<Column> columns =
        List.of(
            column("station", DataTypes.STRING(), stations),
            column("value", DataTypes.DOUBLE(), numbers),
            column("list", DataTypes.ARRAY(DataTypes.INT()), lists));
    write("many_rows", columns, List.of(), 1, 30_000);
  }

  private void partitionTypes() throws Exception {
    List<Column> columns =
        SampleValues.flat().stream()
            .filter(column -> PartitionKey.supports(column.type().getLogicalType()))
            .filter(column -> !List.of("string", "timestamp").contains(column.name()))
            .map(Column::required)
            .toList();
    write("partition_types", columns, columns.stream().map(Column::name).toList(), 2, 6);
  }

  private void partitionTexts() throws Exception {
    Object[] odd =
        texts(
            "a/b=c %20 é:",
            " space ",
            ".",
            "..",
            "null",
            "#?&+%",
            "quote\"'\\",
            "line\nbreak\ttab",
            "🌦",
            "{[^]}*",
            "%2F",
            "x".repeat(60));
    write(
        "partition_texts",
        List.of(column("text", DataTypes.STRING().notNull(), odd)),
        List.of("text"),
        1,
        2 * odd.length);
  }

  /**
   * What Delta allows and delta-standalone can't read, whoever wrote it: nulls in lists and maps,
   * more than 20 digits before the point, and partition values in ISO 8601, which are younger.
   */
  private void notForStandalone() throws Exception {
    List<Column> columns = new ArrayList<>(SampleValues.nestedNulls());
    columns.add(SampleValues.wideDecimals());
    columns.add(column("time", DataTypes.TIMESTAMP_LTZ(6), SampleValues.timestamps()).required());
    write("not_for_standalone", columns, List.of("time"), 1, 14);
  }

  private void compressed(Compression compression) throws Exception {
    String name = compression.name().toLowerCase(Locale.ROOT);
    write(sink(name).compression(compression), SampleValues.flat(), List.of(), 1, 20);
  }

  private void write(
      String table,
      List<Column> columns,
      List<String> partitionedBy,
      int commits,
      int rowsPerCommit)
      throws Exception {
    write(sink(table), columns, partitionedBy, commits, rowsPerCommit);
  }

  private DirectSink sink(String table) {
    return new DirectSink(folder.resolve(table).toUri().toString());
  }

  private static void write(
      DirectSink sink,
      List<Column> columns,
      List<String> partitionedBy,
      int commits,
      int rowsPerCommit)
      throws Exception {
    RowType rowType =
        (RowType)
            DataTypes.ROW(
                    Stream.concat(
                            Stream.of(DataTypes.FIELD("id", DataTypes.INT())),
                            columns.stream().map(Column::field))
                        .toList())
                .getLogicalType();
    for (int commit = 0; commit < commits; commit++) {
      List<RowData> rows = new ArrayList<>();
      for (int id = commit * rowsPerCommit; id < (commit + 1) * rowsPerCommit; id++) {
        GenericRowData row = new GenericRowData(1 + columns.size());
        row.setField(0, id);
        for (int column = 0; column < columns.size(); column++) {
          row.setField(1 + column, columns.get(column).value(id));
        }
        rows.add(row);
      }
      sink.write(rowType, partitionedBy, rows);
    }
  }
}
