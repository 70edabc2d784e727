package io.medallion.conformance;

import static io.medallion.conformance.SameRows.assertSameRows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Kernel reads from a table of ours, other readers read too, row for row. */
@ExtendWith(Shared.class)
class SameRowsTest {

  /** Delta allows what is in these tables; delta-standalone can't read it, whoever wrote it. */
  private static final Set<String> UNKNOWN_TO_STANDALONE =
      Set.of("nested_nulls", "wide_decimals", "partition_timestamps");

  @TestFactory
  Stream<DynamicTest> deltaSparkReadsTheRowsThatKernelReads(
      SampleTables samples, SparkResource spark) {
    return everyTable(samples.tables(), new SparkReader(spark.session()));
  }

  @TestFactory
  Stream<DynamicTest> deltaStandaloneReadsTheRowsThatKernelReads(SampleTables samples) {
    return everyTable(samples.tables(), new StandaloneReader())
        .filter(test -> !UNKNOWN_TO_STANDALONE.contains(test.getDisplayName()));
  }

  private static Stream<DynamicTest> everyTable(Tables tables, TableReader reader) {
    return tables.names().stream()
        .map(
            table ->
                dynamicTest(
                    table,
                    () ->
                        assertSameRows(reader.rows(tables.path(table)), tables.rows().get(table))));
  }
}
