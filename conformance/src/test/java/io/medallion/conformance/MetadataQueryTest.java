package io.medallion.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.CanonicalJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where delta-spark answers a query from the statistics alone, without a look at a row, the answer
 * is that of the rows.
 */
@ExtendWith(Shared.class)
class MetadataQueryTest {

  @ParameterizedTest
  @ValueSource(strings = {"bounds", "every_type", "many_rows", "partition_types", "empty"})
  void countMinimumAndMaximumAreThoseOfTheRows(
      String name, SampleTables samples, SparkResource spark) {
    Dataset<Row> table = new SparkReader(spark.session()).load(samples.tables().path(name));
    // What comes out of a shuffle has no statistics.
    Dataset<Row> rows = table.repartition(1);
    Map<String, Object> expected =
        aggregate(rows, SparkReader.atomicColumns(table).flatMap(MetadataQueryTest::bounds));

    // One column at a time: one that has no statistics would keep Spark from using the others'.
    Map<String, Object> actual = new TreeMap<>();
    SparkReader.atomicColumns(table)
        .forEach(column -> actual.putAll(aggregate(table, bounds(column))));

    assertThat(CanonicalJson.render(actual)).isEqualTo(CanonicalJson.render(expected));
    assertThat(table.count()).isEqualTo(rows.collectAsList().size());
  }

  private static Stream<Column> bounds(StructField column) {
    return Stream.of(min(col(column.name())), max(col(column.name())));
  }

  private static Map<String, Object> aggregate(Dataset<Row> rows, Stream<Column> aggregates) {
    List<Column> all = aggregates.toList();
    Row result = rows.agg(all.get(0), all.subList(1, all.size()).toArray(Column[]::new)).head();
    Map<String, Object> values = SparkReader.plain(result);
    // A bound of zero stands for both zeros; as numbers they are equal.
    values.replaceAll((name, value) -> value instanceof Double number ? number + 0.0 : value);
    values.replaceAll((name, value) -> value instanceof Float number ? number + 0f : value);
    return values;
  }
}
