package io.medallion.maintenance.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.CrashedRuns;
import io.medallion.maintenance.testing.SmallLake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compaction with each of its storage operations failing in turn. */
class CompactionCrashTest {

  private static final TableDefinition SILVER = SmallLake.WEATHER.silver();
  private static final CompactionRules RULES =
      new CompactionRules(128L * 1024 * 1024, 2, Duration.ZERO, false);

  @TempDir private Path folder;

  @Test
  void whateverFailsTheRowsAreTheSameAndTheNextRunFinishes() throws Exception {
    SmallLake original = new SmallLake(folder.resolve("original"));
    for (int commit = 0; commit < 3; commit++) {
      original.events(LocalDate.parse("2026-01-01"), 3);
    }
    List<String> rows = original.rows(SILVER);

    new CrashedRuns(folder.resolve("original"), folder, CompactionCrashTest::run)
        .each(
            20,
            (lake, name, crashed) -> {
              assertThat(lake.rows(SILVER)).as(name).isEqualTo(rows);
              Optional<CompactionResult> next = run(lake);
              assertThat(next.orElseThrow().version().isPresent() && !crashed).as(name).isFalse();
              assertThat(lake.rows(SILVER)).as(name).isEqualTo(rows);
              assertThat(lake.table(SILVER).files()).as(name).hasSize(1);
            });
  }

  private static Optional<CompactionResult> run(SmallLake lake) throws Exception {
    return new TableCompaction(
            lake.lake().location(SILVER), RULES, Clock.systemUTC(), new Ticker(System.err, ""))
        .run();
  }
}
