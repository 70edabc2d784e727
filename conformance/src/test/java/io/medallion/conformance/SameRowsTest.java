package io.medallion.conformance;

import static io.medallion.conformance.SameRows.assertSameRows;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Kernel reads from a table of ours, other readers read too, row for row. */
@ExtendWith(Shared.class)
class SameRowsTest {

  @TestFactory
  Stream<DynamicTest> deltaSparkReadsTheRowsThatKernelReads(
      SampleTables samples, Lake lake, SparkResource spark) {
    TableReader reader = new SparkReader(spark.session());
    return Stream.of(samples.tables(), lake.tables()).flatMap(tables -> each(tables, reader));
  }

  @TestFactory
  Stream<DynamicTest> deltaStandaloneReadsTheRowsThatKernelReads(SampleTables samples, Lake lake) {
    TableReader reader = new StandaloneReader();
    return Stream.of(samples.tables(), lake.tables())
        .flatMap(tables -> each(tables, reader))
        .filter(test -> !test.getDisplayName().equals("not_for_standalone"));
  }

  private static Stream<DynamicTest> each(Tables tables, TableReader reader) {
    return tables.each(
        table -> assertSameRows(reader.rows(tables.path(table)), tables.rows().get(table)));
  }
}
