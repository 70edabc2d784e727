package io.medallion.maintenance.vacuum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.CommandLineRunner;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.compact.CompactCommand;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.CrashedRuns;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vacuum with each of its storage operations failing in turn. */
class VacuumCrashTest {

  private static final TableDefinition SILVER = SmallLake.WEATHER.silver();
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));

  @TempDir private Path folder;

  @Test
  void whateverFailsTheRowsAreThereAndTheNextRunFinishes() throws Exception {
    SmallLake original = writeCompacted(folder.resolve("original"));
    List<String> rows = original.rows(SILVER);
    CrashedRuns runs = new CrashedRuns(folder.resolve("original"), folder, VacuumCrashTest::run);
    run(runs.copy("undisturbed"));
    List<String> names = dataFiles("undisturbed");
    assertThat(names).hasSize(1);

    runs.each(
        10,
        (lake, name, crashed) -> {
          assertThat(lake.rows(SILVER)).as(name).isEqualTo(rows);
          run(lake);
          assertThat(lake.rows(SILVER)).as(name).isEqualTo(rows);
          assertThat(dataFiles(name)).as(name).isEqualTo(names);
        });
  }

  /** A lake whose three small files were compacted, with an orphan. */
  private static SmallLake writeCompacted(Path root) throws Exception {
    SmallLake lake = new SmallLake(root);
    for (int commit = 0; commit < 3; commit++) {
      lake.events(LocalDate.parse("2026-01-01"), 3);
    }
    Files.writeString(
        root.resolve("silver/eventDate=2026-01-01/part-00000000-after1-00000-0-0-a.parquet"), "");
    PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    String[] arguments = {"--lake", root.toString(), "--table=silver", "--min-files=2"};
    assertThat(CommandLineRunner.execute(new CompactCommand(), none, System.err, arguments))
        .isZero();
    return lake;
  }

  private List<String> dataFiles(String name) throws IOException {
    try (Stream<Path> files =
        Files.list(folder.resolve(name).resolve("silver/eventDate=2026-01-01"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".parquet"))
          .toList();
    }
  }

  private static void run(SmallLake lake) throws Exception {
    new TableVacuum(
            lake.lake().location(SILVER), Duration.ofDays(7), LATER, new Ticker(System.err, ""))
        .run(true);
  }
}
