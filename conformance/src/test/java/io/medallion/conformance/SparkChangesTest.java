package io.medallion.conformance;

import static io.medallion.conformance.SameRows.assertSameRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** delta-spark knows the history of a table of ours, and can go on with it. */
@ExtendWith(Shared.class)
class SparkChangesTest {

  @Test
  void everyCommitIsInTheHistory(SampleTables samples, SparkResource spark) throws Exception {
    Path table = samples.tables().path("every_type");
    List<Row> history = spark.session().sql("DESCRIBE HISTORY " + name(table)).collectAsList();

    assertThat(history).hasSize(new DeltaLogFiles(table).actions("commitInfo").size());
    assertThat(history)
        .extracting(commit -> commit.<String>getAs("operation"))
        .startsWith("STREAMING UPDATE")
        .endsWith("CREATE TABLE");
    assertThat(history)
        .extracting(commit -> commit.<String>getAs("engineInfo"))
        .allMatch(engine -> engine.endsWith("medallion-delta-sink"));
  }

  /** Each data commit of the table has the same number of rows, and the ids count up. */
  @Test
  void anEarlierVersionCanBeRead(SampleTables samples, SparkResource spark) throws Exception {
    Path table = samples.tables().path("every_type");
    int latest = new DeltaLogFiles(table).actions("commitInfo").size() - 1;
    List<Integer> all = ids(spark.session(), name(table));
    int rowsPerCommit = all.size() / new DeltaLogFiles(table).actions("add").size();

    assertThat(ids(spark.session(), name(table) + " VERSION AS OF " + (latest - 1)))
        .isEqualTo(all.subList(0, all.size() - rowsPerCommit));
    assertThat(ids(spark.session(), name(table) + " VERSION AS OF 0")).isEmpty();
  }

  @Test
  void kernelReadsWhatSparkChanged(SampleTables samples, SparkResource spark) throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "changed-");
    List<String> names = List.of("every_type", "partition_texts");
    for (String table : names) {
      TableCopy copy = TableCopy.of(samples.tables().path(table), folder.resolve(table));
      requireChanges(spark.session(), copy.path());
    }

    Tables changed = Tables.in(folder);

    assertThat(changed.names()).containsExactlyInAnyOrderElementsOf(names);
    for (String table : names) {
      List<String> expected = changed.rows().get(table);
      assertSameRows(new SparkReader(spark.session()).rows(changed.path(table)), expected);
      ProtocolTest.requireOldProtocol(changed.log(table));
    }
  }

  /** Adds rows, removes rows, rewrites files, and deletes the files that this left behind. */
  private static void requireChanges(SparkSession spark, Path path) {
    String table = name(path);
    List<Integer> before = ids(spark, table);
    spark
        .table(table)
        .where("id < 4")
        .withColumn("id", col("id").plus(1_000))
        .write()
        .format("delta")
        .mode("append")
        .save(path.toString());
    spark.sql("DELETE FROM " + table + " WHERE id % 2 = 1");
    spark.sql("OPTIMIZE " + table);
    spark.sql("VACUUM " + table + " RETAIN 0 HOURS");

    assertThat(ids(spark, table))
        .isEqualTo(
            before.stream()
                .flatMap(id -> id < 4 ? Stream.of(id, id + 1_000) : Stream.of(id))
                .filter(id -> id % 2 == 0)
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
