package io.medallion.maintenance.expire;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.CrashedRuns;
import io.medallion.maintenance.testing.SmallLake;
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
    SmallLake original = new SmallLake(folder.resolve("original"));
    original.events(LocalDate.parse("2026-01-01"), 3);
    original.events(LocalDate.parse("2026-01-02"), 3);
    CrashedRuns runs = new CrashedRuns(folder.resolve("original"), folder, ExpiryCrashTest::run);
    SmallLake undisturbed = runs.copy("undisturbed");
    run(undisturbed);
    List<String> after = undisturbed.rows(BRONZE);
    assertThat(after).hasSize(3);
    assertThat(original.rows(BRONZE)).hasSize(6).containsAll(after);

    runs.each(
        10,
        (lake, name, crashed) -> {
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
        });
  }

  private static void run(SmallLake lake) throws Exception {
    new TableExpiry(
            lake.lake().location(BRONZE), Duration.ofDays(1), CLOCK, new Ticker(System.err, ""))
        .run();
  }
}
