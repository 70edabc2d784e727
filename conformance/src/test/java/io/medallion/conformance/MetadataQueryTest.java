package io.medallion.conformance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.CanonicalJson;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Where delta-spark answers a query from our statistics alone, without a look at a row, the answer
 * is that of the rows.
 */
@ExtendWith(Shared.class)
class MetadataQueryTest {

  /**
   * The types of which delta-spark trusts the bounds to be exact; dates too, but it trips over them
   * in a session that has its dates as java.time.
   */
  private static final Set<String> EXACT =
      Set.of("tinyint", "smallint", "int", "bigint", "float", "double");

  @Test
  void countMinimumAndMaximumAreThoseOfTheRows(SampleTables samples, SparkResource spark) {
    // Files with a NaN have no bounds.
    requireSame(load(samples.tables(), "bounds", spark).drop("oddDouble", "oddFloat"));
  }

  @Test
  void countMinimumAndMaximumAreThoseOfTheRowsOfSilver(Lake lake, SparkResource spark) {
    requireSame(load(lake.tables(), "silver", spark));
  }

  private static Dataset<Row> load(Tables tables, String name, SparkResource spark) {
    return new SparkReader(spark.session()).load(tables.path(name));
  }

  private static void requireSame(Dataset<Row> table) {
    Dataset<Row> fromStatistics = aggregate(table);
    assertThat(
            ((org.apache.spark.sql.classic.Dataset<Row>) fromStatistics)
                .queryExecution()
                .optimizedPlan())
        .isInstanceOf(LocalRelation.class);

    // What comes out of a shuffle has no statistics.
    Dataset<Row> fromRows = aggregate(table.repartition(1));

    assertThat(render(fromStatistics)).isEqualTo(render(fromRows));
  }

  private static Dataset<Row> aggregate(Dataset<Row> rows) {
    Column[] bounds =
        SparkReader.atomicColumns(rows)
            .filter(field -> EXACT.contains(field.dataType().simpleString()))
            .map(field -> col(field.name()))
            .flatMap(column -> Stream.of(min(column), max(column)))
            .toArray(Column[]::new);
    return rows.agg(count("*"), bounds);
  }

  private static String render(Dataset<Row> result) {
    Map<String, Object> values = SparkReader.plain(result.head());
    // A bound of zero stands for both zeros; as numbers they are equal.
    values.replaceAll((name, value) -> value instanceof Double number ? number + 0.0 : value);
    values.replaceAll((name, value) -> value instanceof Float number ? number + 0f : value);
    return CanonicalJson.render(values);
  }
}
