package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a table with a damaged file is told which one it is. */
class FileNamingEngineTest {

  @TempDir private Path folder;
  private Numbers numbers;

  @BeforeEach
  void write() throws Exception {
    numbers = new Numbers("damaged", folder);
    try (SinkSimulation job =
        new SinkSimulation(
            numbers.builder().tableProperty("delta.checkpointInterval", "3").build(), 1)) {
      for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
        job.write(10);
        job.checkpoint();
      }
    }
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void aLogEntryWithoutItsEnd() throws Exception {
    Path entry = log("00000000000000000004.json");
    String text = Files.readString(entry);
    Files.writeString(entry, text.substring(0, text.length() - 20));
    assertIsNamed(entry);
  }

  @Test
  void aLogEntryWithOtherBytes() throws Exception {
    Path entry = log("00000000000000000004.json");
    overwrite(entry);
    assertIsNamed(entry);
  }

  @Test
  void aLogCheckpoint() throws Exception {
    Path checkpoint = log("00000000000000000003.checkpoint.parquet");
    overwrite(checkpoint);
    assertIsNamed(checkpoint);
  }

  @Test
  void aDataFile() throws Exception {
    Path data = dataFiles().get(0);
    overwrite(data);
    assertIsNamed(data);
  }

  private void assertIsNamed(Path file) {
    assertThatThrownBy(() -> numbers.ids())
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .contains("damaged/", file.getFileName().toString()));
  }

  private Path log(String name) {
    return folder.resolve("damaged/_delta_log").resolve(name);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("damaged"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .filter(file -> file.toString().endsWith(".parquet"))
          .sorted()
          .toList();
    }
  }

  private static void overwrite(Path file) throws IOException {
    byte[] damage = "no such thing ".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    Files.write(file, Arrays.copyOf(damage, (int) Files.size(file)));
  }
}
