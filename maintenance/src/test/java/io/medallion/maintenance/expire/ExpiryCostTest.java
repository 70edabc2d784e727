package io.medallion.maintenance.expire;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Operation;
import io.medallion.maintenance.testing.SmallLake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expiry costs in storage operations. */
class ExpiryCostTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void whereNothingIsOldTheLogIsLookedAtOnceAndNothingElseIs() throws Exception {
    FaultPlan storage = FaultPlan.create("cost");
    SmallLake lake = SmallLake.onFaultyDisk("cost", folder);
    lake.events(LocalDate.parse("2026-01-01"), 3);
    storage.forgetOperations();

    new TableExpiry(
            lake.lake().location(SmallLake.WEATHER.bronze()),
            Duration.ofDays(1),
            CLOCK,
            new Ticker(System.err, ""))
        .run();

    assertThat(storage.operations().stream().map(Operation::shape))
        .doesNotContain("open data file")
        .containsOnlyOnce("list _delta_log");
  }
}
