package io.medallion.maintenance.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.maintenance.testing.SmallLake;
import java.io.IOException;
import java.nio.file.Files;
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

  private static final CompactionRules RULES =
      new CompactionRules(128L * 1024 * 1024, 2, Duration.ZERO, false);

  @TempDir private Path folder;

  @Test
  void whateverFailsTheRowsAreTheSameAndTheNextRunFinishes() throws Exception {
    SmallLake undisturbed = lake("count");
    FaultPlan faults = FaultPlan.create("count");
    List<String> rows = undisturbed.rows(SmallLake.WEATHER.silver());
    faults.forgetOperations();
    run(undisturbed);
    int operations = faults.operations().size();
    assertThat(operations).isGreaterThan(20);

    for (Moment moment : Moment.values()) {
      for (int n = 1; n <= operations; n++) {
        String name = moment + "-" + n;
        SmallLake lake = lake(name);
        FaultPlan plan = FaultPlan.create(name).fail(n, 1, moment);
        boolean crashed = false;
        try {
          run(lake);
        } catch (RuntimeException | IOException injected) {
          crashed = true;
          assertThat(injected).as(name).hasStackTraceContaining("Injected");
        }
        assertThat(plan.failed()).as(name).isEqualTo(1);
        plan.fail(Long.MAX_VALUE, 0, moment);
        assertThat(lake.rows(SmallLake.WEATHER.silver())).as(name).isEqualTo(rows);
        Optional<CompactionResult> next = run(lake);
        assertThat(next.orElseThrow().version().isPresent() && !crashed).as(name).isFalse();
        assertThat(lake.rows(SmallLake.WEATHER.silver())).as(name).isEqualTo(rows);
        assertThat(lake.table(SmallLake.WEATHER.silver()).files()).as(name).hasSize(1);
        assertThat(plan.openStreams()).as(name).isEmpty();
      }
    }
  }

  /** A copy of a lake with three small files. */
  private SmallLake lake(String name) throws Exception {
    FaultPlan.create(name);
    Path original = folder.resolve("original");
    if (Files.notExists(original)) {
      SmallLake lake = new SmallLake(original);
      for (int commit = 0; commit < 3; commit++) {
        lake.events(LocalDate.parse("2026-01-01"), 3);
      }
    }
    SmallLake.copy(original, folder.resolve(name));
    return SmallLake.onFaultyDisk(name, folder.resolve(name));
  }

  private static Optional<CompactionResult> run(SmallLake lake) throws Exception {
    return new TableCompaction(
            lake.lake().location(SmallLake.WEATHER.silver()),
            RULES,
            Clock.systemUTC(),
            new Ticker(System.err, ""))
        .run();
  }
}
