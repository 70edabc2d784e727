package io.medallion.conformance;

import static io.medallion.conformance.SameRows.assertSameRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** delta-spark knows the history of a table of ours, and can go on with it. */
@ExtendWith(Shared.class)
class SparkChangesTest {

  @Test
  void everyCommitIsInTheHistory(SampleTables samples, SparkResource spark) {
    List<Row> history =
        spark
            .session()
            .sql("DESCRIBE HISTORY " + name(samples.tables().path("every_type")))
            .orderBy("version")
            .collectAsList();

    assertThat(history)
        .extracting(commit -> commit.<Long>getAs("version"))
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 12).boxed().toList());
    assertThat(history)
        .extracting(commit -> commit.<String>getAs("operation"))
        .startsWith("CREATE TABLE")
        .endsWith("STREAMING UPDATE");
    assertThat(history)
        .extracting(commit -> commit.<String>getAs("engineInfo"))
        .allMatch(engine -> engine.endsWith("medallion-delta-sink"));
  }

  @Test
  void everyVersionCanBeReadAsItWas(SampleTables samples, SparkResource spark) {
    String table = name(samples.tables().path("every_type"));
    for (int version : List.of(0, 1, 9, 11)) {
      assertThat(ids(spark.session(), table + " VERSION AS OF " + version))
          .as("version %d", version)
          .isEqualTo(IntStream.range(0, 5 * version).boxed().toList());
    }
  }

  @Test
  void everyReaderReadsWhatSparkChanged(SampleTables samples, SparkResource spark)
      throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "changed-");
    List<String> names = List.of("every_type", "partition_types", "partition_texts");
    for (String table : names) {
      TableCopy copy = TableCopy.of(samples.tables().path(table), folder.resolve(table));
      requireChanges(spark.session(), copy.path());
    }

    Tables changed = Tables.in(folder);

    assertThat(changed.names()).containsExactlyInAnyOrderElementsOf(names);
    for (String table : names) {
      List<String> expected = changed.rows().get(table);
      assertSameRows(new SparkReader(spark.session()).rows(changed.path(table)), expected);
      assertSameRows(new StandaloneReader().rows(changed.path(table)), expected);
      ProtocolTest.requireOldProtocol(new DeltaLogFiles(changed.path(table)));
    }
  }

  /** One of each kind of change; the files that they leave behind are then removed. */
  private static void requireChanges(SparkSession spark, Path path) {
    String table = name(path);
    List<Integer> before = ids(spark, table);
    spark
        .table(table)
        .withColumn("id", col("id").plus(1_000))
        .write()
        .format("delta")
        .mode("append")
        .save(path.toString());
    spark.sql("UPDATE " + table + " SET id = id + 5000 WHERE id % 4 = 0");
    spark.sql("DELETE FROM " + table + " WHERE id % 2 = 1");
    spark.sql("OPTIMIZE " + table);
    spark.sql("VACUUM " + table + " RETAIN 0 HOURS");

    assertThat(ids(spark, table))
        .isEqualTo(
            before.stream()
                .flatMap(id -> List.of(id, id + 1_000).stream())
                .filter(id -> id % 2 == 0)
                .map(id -> id % 4 == 0 ? id + 5_000 : id)
                .sorted()
                .toList());
  }

  private static List<Integer> ids(SparkSession spark, String table) {
    return spark.sql("SELECT id FROM " + table + " ORDER BY id").collectAsList().stream()
        .map(row -> row.getInt(0))
        .toList();
  }

  private static String name(Path table) {
    return "delta.`" + table + "`";
  }
}
