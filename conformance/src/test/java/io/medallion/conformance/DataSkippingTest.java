package io.medallion.conformance;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statistics, ours in the log and Parquet's in the files, make a query of delta-spark faster and
 * never wrong.
 */
@ExtendWith(Shared.class)
class DataSkippingTest {

  private static final int ROWS = 25;

  /**
   * Each row is looked for by the values of all its columns at once: if the statistics of a single
   * one did not cover its value, the row would not be found. What has to be found is computed by
   * selecting the same filters as columns, where nothing can be skipped.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bounds", "many_rows", "partition_types", "partition_texts"})
  void everyRowIsFoundByTheValuesOfItsColumns(
      String name, SampleTables samples, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(samples.tables().path(name));
    long step = Math.max(1, table.count() / ROWS);
    List<Column> filters =
        table.where(col("id").mod(step).equalTo(0)).drop("id").collectAsList().stream()
            .map(row -> filter(table, row))
            .toList();
    List<Row> truth =
        table
            .select(Stream.concat(Stream.of(col("id")), filters.stream()).toArray(Column[]::new))
            .collectAsList();

    assertThat(filters).hasSizeGreaterThan(10);
    for (int i = 0; i < filters.size(); i++) {
      int filter = 1 + i;
      List<Integer> expected =
          truth.stream().filter(row -> row.getBoolean(filter)).map(row -> row.getInt(0)).toList();
      assertThat(ids(table.where(filters.get(i))))
          .as(filters.get(i).toString())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** True for the rows that have the given row's values; never null. */
  private static Column filter(Dataset<Row> table, Row row) {
    return SparkReader.atomicColumns(table)
        .filter(field -> !field.name().equals("id"))
        .map(field -> filter(col(field.name()), row.getAs(field.name())))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static Column filter(Column column, Object value) {
    if (value == null) {
      return column.isNull();
    } else if (value instanceof String text) {
      return column.eqNullSafe(text).and(column.startsWith(text));
    }
    return column.isNotNull().and(column.equalTo(value));
  }

  @Test
  void filesWithoutAMatchAreNotRead(SampleTables samples, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(samples.tables().path("bounds"));
    assertThat(table.inputFiles()).hasSize(21);
    assertThat(table.where("id = 7").inputFiles()).hasSize(1);
    assertThat(table.where("nothing is not null").inputFiles()).isEmpty();
  }

  private static List<Integer> ids(Dataset<Row> rows) {
    return rows.select("id").collectAsList().stream().map(row -> row.getInt(0)).toList();
  }
}
