package io.medallion.maintenance.expire;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.SmallLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expiry with each of its storage operations failing in turn. */
class ExpiryCrashTest {

  private static final TableDefinition BRONZE = SmallLake.WEATHER.bronze();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-03T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void whateverFailsAllOrNothingIsRemovedAndTheNextRunFinishes() throws Exception {
    SmallLake undisturbed = lake("count");
    FaultPlan faults = FaultPlan.create("count");
    List<String> before = undisturbed.rows(BRONZE);
    faults.forgetOperations();
    run(undisturbed);
    int operations = faults.operations().size();
    assertThat(operations).isGreaterThan(10);
    List<String> after = undisturbed.rows(BRONZE);
    assertThat(after).hasSize(3);
    assertThat(before).hasSize(6).containsAll(after);

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
        assertThat(lake.table(BRONZE).files().size()).as(name).isIn(1, 2);
        run(lake);
        assertThat(lake.rows(BRONZE)).as(name).isEqualTo(after);
        assertThat(Expired.of(lake.table(BRONZE).snapshot()))
            .as(name)
            .isEqualTo(
                new Expired(
                    Instant.parse("2026-01-02T00:00:00Z"),
                    Map.of(new Partition("weather", 1), 3L)));
        assertThat(lake.table(BRONZE).version()).as(name).isEqualTo(4);
        assertThat(plan.openStreams()).as(name).isEmpty();
      }
    }
  }

  /** A copy of a lake with three events of each of two days. */
  private SmallLake lake(String name) throws Exception {
    FaultPlan.create(name);
    Path original = folder.resolve("original");
    if (Files.notExists(original)) {
      SmallLake lake = new SmallLake(original);
      lake.events(LocalDate.parse("2026-01-01"), 3);
      lake.events(LocalDate.parse("2026-01-02"), 3);
    }
    SmallLake.copy(original, folder.resolve(name));
    return SmallLake.onFaultyDisk(name, folder.resolve(name));
  }

  private static void run(SmallLake lake) throws Exception {
    new TableExpiry(
            lake.lake().location(BRONZE), Duration.ofDays(1), CLOCK, new Ticker(System.err, ""))
        .run();
  }
}
