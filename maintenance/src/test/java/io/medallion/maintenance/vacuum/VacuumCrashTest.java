package io.medallion.maintenance.vacuum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.CommandLineRunner;
import io.medallion.cli.Ticker;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.maintenance.compact.CompactCommand;
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

  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));

  @TempDir private Path folder;

  @Test
  void whateverFailsTheRowsAreThereAndTheNextRunFinishes() throws Exception {
    SmallLake undisturbed = lake("count");
    List<String> rows = undisturbed.rows(SmallLake.WEATHER.silver());
    FaultPlan faults = FaultPlan.create("count");
    run(undisturbed);
    int operations = faults.operations().size();
    assertThat(operations).isGreaterThan(10);
    List<String> names = dataFiles("count");
    assertThat(names).hasSize(1);

    for (Moment moment : Moment.values()) {
      for (int n = 1; n <= operations; n++) {
        String name = moment + "-" + n;
        SmallLake lake = lake(name);
        FaultPlan plan = FaultPlan.create(name).fail(n, 1, moment);
        try {
          run(lake);
        } catch (RuntimeException | IOException injected) {
          assertThat(injected).as(name).hasStackTraceContaining("Injected");
        }
        assertThat(plan.failed()).as(name).isEqualTo(1);
        plan.fail(Long.MAX_VALUE, 0, moment);
        assertThat(lake.rows(SmallLake.WEATHER.silver())).as(name).isEqualTo(rows);
        run(lake);
        assertThat(lake.rows(SmallLake.WEATHER.silver())).as(name).isEqualTo(rows);
        assertThat(dataFiles(name)).as(name).isEqualTo(names);
        assertThat(plan.openStreams()).as(name).isEmpty();
      }
    }
  }

  /** A copy of a lake whose three small files were compacted, with an orphan. */
  private SmallLake lake(String name) throws Exception {
    FaultPlan.create(name);
    Path original = folder.resolve("original");
    if (Files.notExists(original)) {
      SmallLake lake = new SmallLake(original);
      for (int commit = 0; commit < 3; commit++) {
        lake.events(LocalDate.parse("2026-01-01"), 3);
      }
      Files.writeString(
          original.resolve("silver/eventDate=2026-01-01/part-00000000-after1-00000-0-0-a.parquet"),
          "");
      PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
      String[] arguments = {"--lake", original.toString(), "--table=silver", "--min-files=2"};
      assertThat(CommandLineRunner.execute(new CompactCommand(), none, System.err, arguments))
          .isZero();
    }
    SmallLake.copy(original, folder.resolve(name));
    return SmallLake.onFaultyDisk(name, folder.resolve(name));
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
            lake.lake().location(SmallLake.WEATHER.silver()),
            Duration.ofDays(7),
            LATER,
            new Ticker(System.err, ""))
        .run(true);
  }
}
