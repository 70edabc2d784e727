package io.medallion.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statistics, ours in the log and Parquet's in the files, make a query of delta-spark faster and
 * never wrong.
 *
 * <p>A row is looked for by the values of all its columns at once: if the statistics of a single
 * column did not cover the value, the row would not be found. How many there are is counted with
 * the filter as a column, where nothing can be skipped.
 */
@ExtendWith(Shared.class)
class DataSkippingTest {

  private static final int SAMPLED_ROWS = 3;

  /** Each row of this table is a file of its own. */
  @Test
  void everyRowIsFoundByValuesThatAreTheBoundsOfItsFile(SampleTables samples, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(samples.tables().path("bounds"));
    List<Row> rows = table.collectAsList();

    assertThat(table.inputFiles()).hasSameSizeAs(rows);
    for (Row row : rows) {
      requireFound(table, filter(table, row));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"many_rows", "partition_types", "partition_texts"})
  void rowsAreFoundAmongManyAndInPartitions(
      String table, SampleTables samples, SparkResource spark) {
    requireSampleFound(samples.tables(), table, spark);
  }

  @TestFactory
  Stream<DynamicTest> rowsOfTheLakeAreFound(Lake lake, SparkResource spark) {
    return lake.tables()
        .each(table -> requireSampleFound(lake.tables(), table, spark))
        .filter(each -> !lake.tables().rows().get(each.getDisplayName()).isEmpty());
  }

  private static void requireSampleFound(Tables tables, String name, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(tables.path(name));
    int step = Math.max(1, tables.rows().get(name).size() / SAMPLED_ROWS);
    List<Row> sample =
        table
            .withColumn("rowNumber", monotonically_increasing_id())
            .where(col("rowNumber").mod(step).equalTo(0))
            .limit(SAMPLED_ROWS)
            .collectAsList();

    requireFound(
        table, sample.stream().map(row -> filter(table, row)).reduce(Column::or).orElseThrow());
  }

  private static void requireFound(Dataset<Row> table, Column filter) {
    assertThat(table.where(filter).count())
        .as(filter.toString())
        .isPositive()
        .isEqualTo(table.select(count_if(filter)).head().getLong(0));
  }

  /** True for the rows that have the given row's values. */
  private static Column filter(Dataset<Row> table, Row row) {
    return SparkReader.atomicColumns(table)
        .map(field -> filter(col(field.name()), row.getAs(field.name())))
        .reduce(Column::and)
        .orElseThrow();
  }

  private static Column filter(Column column, Object value) {
    if (value == null) {
      return column.isNull();
    } else if (value instanceof String text) {
      return column.equalTo(text).and(column.startsWith(text));
    }
    return column.isNotNull().and(column.equalTo(value));
  }

  @Test
  void filesWithoutAMatchAreNotRead(SampleTables samples, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(samples.tables().path("bounds"));
    assertThat(table.where("id = 7").inputFiles()).hasSize(1);
    assertThat(table.where("nothing is not null").inputFiles()).isEmpty();
  }
}
