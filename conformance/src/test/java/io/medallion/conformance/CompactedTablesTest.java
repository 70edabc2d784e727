package io.medallion.conformance;

import static io.medallion.conformance.SameRows.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A lake after {@code ./medallion compact}: other readers see the rows that were there before. */
@ExtendWith(Shared.class)
class CompactedTablesTest {

  @Test
  void everyReaderSeesTheRowsThatWereThereBefore(Lake lake, SparkResource spark) throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "compacted-");
    for (String table : lake.tables().names()) {
      TableCopy.of(lake.tables().path(table), folder.resolve(table));
    }

    OurProcess.run(
        List.of(
            BuildFolders.root().resolve("medallion").toString(),
            "compact",
            "--lake=" + folder,
            "--older-than=0s",
            "--min-files=2",
            "--open-days"),
        "medallion-compact");

    for (String table : lake.tables().names()) {
      Path path = folder.resolve(table);
      List<String> expected = lake.tables().rows().get(table);
      assertSameRows(new SparkReader(spark.session()).rows(path), expected);
      assertSameRows(new StandaloneReader().rows(path), expected);
      ProtocolTest.requireOldProtocol(new DeltaLogFiles(path));
      if (!table.equals("gaps")) {
        String history = "DESCRIBE HISTORY delta.`" + path + "` LIMIT 1";
        assertThat(spark.session().sql(history).first().<String>getAs("operation"))
            .as(table)
            .isEqualTo("OPTIMIZE");
        assertThat(spark.session().sql("DESCRIBE DETAIL delta.`" + path + "`").first())
            .as(table)
            .matches(detail -> detail.<Long>getAs("numFiles") <= 2);
      }
    }
  }
}
