package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.Ticker;
import io.medallion.delta.ForeignWriter;
import io.medallion.maintenance.expire.TableExpiry;
import io.medallion.maintenance.testing.SmallLake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gold table of two commits, versions 2 and 3, of the checkpoints 1 and 2. */
class CommitHistoryTest {

  @TempDir private Path folder;
  private SmallLake lake;
  private ForeignWriter others;

  @BeforeEach
  void twoCommits() throws Exception {
    lake = new SmallLake(folder);
    lake.windows(1);
    lake.windows(1);
    others = new ForeignWriter(folder.resolve(SmallLake.WEATHER.gold().get(0).path()));
  }

  @Test
  void aCompactionIsNoChange() throws Exception {
    assertThat(history().isChangedSinceLast()).isFalse();

    others.optimizeAndVacuum();
    others.optimizeAndVacuum();

    assertThat(history().isChangedSinceLast()).isFalse();
    assertThat(history().last().orElseThrow().id()).isEqualTo(2);
    assertThat(history().newestVersion()).isEqualTo(5);
  }

  @Test
  void aChangeBeforeACompactionIsOne() throws Exception {
    others.commit(List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}"));
    assertThat(history().isChangedSinceLast()).isTrue();

    others.optimizeAndVacuum();

    assertThat(history().isChangedSinceLast()).isTrue();
  }

  @Test
  void rowsThatWereDeletedAreOne() throws Exception {
    others.deleteAll();

    assertThat(history().isChangedSinceLast()).isTrue();
  }

  @Test
  void whatWasRemovedBecauseItWasOldIsNone() throws Exception {
    TableLocation location = lake.lake().location(SmallLake.WEATHER.gold().get(0));
    Clock later = Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC);
    new TableExpiry(location, Duration.ofDays(1), later, new Ticker(System.err, "")).run();

    assertThat(history().newestVersion()).isEqualTo(4);
    assertThat(history().isChangedSinceLast()).isFalse();
  }

  @Test
  void aCompactionBelongsToTheCheckpointBeforeIt() throws Exception {
    others.optimizeAndVacuum();
    Checkpoint second = history().last().orElseThrow();
    lake.windows(1);

    assertThat(history().versionAt(second)).isEqualTo(4);
  }

  private CommitHistory history() {
    TableLocation location = lake.lake().location(SmallLake.WEATHER.gold().get(0));
    return CommitHistory.load(location.engine(), location.path(), location.table()).orElseThrow();
  }
}
