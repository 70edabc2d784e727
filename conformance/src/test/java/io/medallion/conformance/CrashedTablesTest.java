package io.medallion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of delta-sink's crash matrix: of a job in which one storage operation failed, before
 * or after it took effect, for each operation that it does.
 */
class CrashedTablesTest {

  private static final List<String> EVERY_NUMBER_ONCE =
      IntStream.range(0, 12)
          .mapToObj(
              id -> "{\"id\":%d,\"parity\":\"%s\"}".formatted(id, id % 2 == 0 ? "even" : "odd"))
          .sorted()
          .toList();

  @Test
  void deltaStandaloneReadsEveryNumberOnceWhicheverOperationFailed() throws Exception {
    Path folder = Files.createTempDirectory(BuildFolders.target(), "crashed-");
    OurProcess.runTestMain("io.medallion.delta.CrashMatrix", List.of(folder.toString()));

    List<Path> tables;
    try (Stream<Path> all = Files.list(folder)) {
      tables = all.filter(table -> Files.isDirectory(table.resolve("_delta_log"))).toList();
    }
    assertThat(tables).hasSizeGreaterThan(100);
    TableReader reader = new StandaloneReader();
    for (Path table : tables) {
      assertThat(reader.rows(table)).as(table.toString()).isEqualTo(EVERY_NUMBER_ONCE);
    }
  }
}
