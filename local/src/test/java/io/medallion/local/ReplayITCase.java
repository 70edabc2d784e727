package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.cli.CommandRun;
import io.medallion.maintenance.compact.CompactCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake of the weather with every trouble that the generator makes, and its replays. */
class ReplayITCase {

  /** As the lake was made. */
  private static final String[] AS_BEFORE = {
    "--set=window.out.of.orderness=1s",
    "--set=event.late.arrival=1min",
    "--set=source.idle.timeout=5s"
  };

  @TempDir private static Path made;
  @TempDir private Path temp;

  @BeforeAll
  static void aRun() throws Exception {
    try (MedallionProcess run =
        MedallionProcess.start(
            made,
            "--lake=" + lake(),
            "--events=8000",
            "--rate=2000",
            "--stations=20",
            "--window=2s",
            "--out-of-orderness=1s",
            "--checkpoint-interval=500ms",
            "--invalid-ratio=0.05",
            "--duplicate-ratio=0.05",
            "--late-ratio=0.05",
            "--future-ratio=0.01",
            "--audit=never",
            "--no-dashboard")) {
      assertThat(run.awaitExit()).as(run::err).isZero();
    }
  }

  private static Path lake() {
    return made.resolve("lake");
  }

  private Replayed replay(String... options) {
    String[] all = Arrays.copyOf(AS_BEFORE, AS_BEFORE.length + options.length);
    System.arraycopy(options, 0, all, AS_BEFORE.length, options.length);
    return Replayed.replay(lake(), temp.resolve("new"), all);
  }

  @Test
  void theTablesOfAReplayAreThoseOfTheStream() throws Exception {
    Replayed replayed = replay().assertDone().assertSameRows();

    assertThat(replayed.rows("late")).isPositive();
    assertThat(replayed.rows("quarantine")).isPositive();
    assertThat(replayed.rows("silver") + replayed.rows("quarantine"))
        .as("copies are left out")
        .isLessThan(replayed.rows("bronze"));
    replayed.assertAuditHolds();
  }

  @Test
  void aNarrowerRangeRejectsWhatIsBeyond() throws Exception {
    List<Map<String, Object>> beyond =
        Replayed.table(lake(), "silver").stream()
            .filter(row -> (Double) row.get("humidity") > 60)
            .toList();

    Replayed replayed = replay("--set=rule.humidity.range=0..60").assertDone();

    assertThat(beyond).isNotEmpty();
    assertThat(replayed.rows("silver"))
        .isLessThanOrEqualTo(replayed.rowsBefore("silver") - beyond.size());
    assertThat(Replayed.table(replayed.into(), "silver"))
        .allMatch(row -> (Double) row.get("humidity") <= 60);
    assertThat(places(Replayed.table(replayed.into(), "quarantine"))).containsAll(places(beyond));
    replayed.assertAuditHolds();
  }

  @Test
  void onlyRecordsOfTheTimeAskedForAreReplayed() throws Exception {
    List<Instant> times =
        Replayed.table(lake(), "bronze").stream()
            .map(row -> (Instant) row.get("enqueuedTime"))
            .sorted()
            .toList();
    Instant from = times.get(2_000);
    Instant to = times.get(6_000);

    Replayed replayed = replay("--from=" + from, "--to=" + to).assertDone();

    assertThat(replayed.rows("bronze"))
        .isEqualTo(
            times.stream().filter(time -> !time.isBefore(from) && time.isBefore(to)).count());
    assertThat(Replayed.table(replayed.into(), "bronze"))
        .allMatch(row -> !((Instant) row.get("enqueuedTime")).isBefore(from))
        .allMatch(row -> ((Instant) row.get("enqueuedTime")).isBefore(to));
    replayed.assertAuditHolds();
  }

  /** One file then has all partitions, rows of many checkpoints, and some of them twice. */
  @Test
  void aCompactedBronzeIsReplayedInTheOrderOfItsOffsets() throws Exception {
    LakeCopy copy = LakeCopy.of(lake(), temp.resolve("copy"));
    copy.doubleFile("bronze");
    CommandRun.on(
            copy.root(),
            new CompactCommand(),
            "--table=bronze",
            "--open-days",
            "--older-than=0s",
            "--min-files=2")
        .done();

    Replayed.replay(copy.root(), temp.resolve("new"), AS_BEFORE).assertDone();

    new Replayed(lake(), temp.resolve("new"), 0, "", "").assertSameRows();
  }

  @Test
  void aFolderThatHoldsAnythingIsRefusedAndLeftAlone() throws Exception {
    Path foreign = Files.createDirectory(temp.resolve("new"));
    Files.writeString(foreign.resolve("notes.txt"), "mine");

    Replayed replayed = replay();

    assertThat(replayed.exitCode()).isEqualTo(2);
    assertThat(replayed.err()).contains("is not empty", "--into").hasLineCount(1);
    assertThat(foreign)
        .isDirectoryContaining("glob:**/notes.txt")
        .isDirectoryNotContaining("glob:**/bronze");
  }

  @Test
  void aLakeThatIsNotWholeIsRefusedWithTheWayOn() throws Exception {
    NewLake.at(temp.resolve("new").toString(), Map.of()).begin("another lake");

    Replayed replayed = replay();

    assertThat(replayed.exitCode()).isEqualTo(2);
    assertThat(replayed.err()).contains("not finished", "delete the folder").hasLineCount(1);
  }

  @Test
  void anInterruptedReplayTellsThatItsLakeIsNotWhole() throws Exception {
    Path marker = temp.resolve("new").resolve(NewLake.UNFINISHED);
    try (MedallionProcess replay =
        MedallionProcess.command(
            temp, "replay", "--lake=" + lake(), "--into=" + temp.resolve("new"))) {
      await()
          .atMost(Duration.ofMinutes(2))
          .failFast(() -> assertThat(replay.isAlive()).as(replay::err).isTrue())
          .until(() -> Files.exists(marker));
      replay.interrupt();
      assertThat(replay.awaitExit()).as(replay::err).isEqualTo(130);
      assertThat(replay.err()).contains("interrupted", "is not whole: delete the folder");
    }
    assertThat(marker).exists();
  }

  @Test
  void aSettingThatIsWrongIsRefusedBeforeAnythingIsWritten() {
    Replayed replayed = replay("--set=rule.humidty.range=0..60");

    assertThat(replayed.exitCode()).isEqualTo(2);
    assertThat(replayed.err()).contains("rule.humidity.range");
    assertThat(replay("--parallelism=0").err()).contains("--parallelism is 0").hasLineCount(1);
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void aTimeWithoutRecordsIsRefused() {
    Replayed replayed = replay("--from=2001-01-01", "--to=2001-01-02");

    assertThat(replayed.exitCode()).isEqualTo(2);
    assertThat(replayed.err()).contains("no record of that time");
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void aFolderThatIsNoLakeIsRefused() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));

    Replayed replayed = Replayed.replay(empty, temp.resolve("new"));

    assertThat(replayed.exitCode()).isEqualTo(2);
    assertThat(replayed.err()).contains("holds no table of a lake");
  }

  private static List<String> places(List<Map<String, Object>> rows) {
    List<String> places = new ArrayList<>();
    rows.forEach(row -> places.add(row.get("partition") + "/" + row.get("offset")));
    return places;
  }
}
