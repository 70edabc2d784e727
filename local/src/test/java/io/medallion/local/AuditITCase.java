package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.types.StructField;
import io.medallion.cli.CommandRun;
import io.medallion.contract.ContractReader;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.compact.CompactCommand;
import io.medallion.maintenance.expire.ExpireCommand;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of a lake that a run with all kinds of events made, and of damaged copies of it. */
class AuditITCase {

  private static final List<String> ALL_CHECKS =
      List.of(
          "tables",
          "protocol",
          "schema",
          "partition-values",
          "statistics",
          "bronze-offsets",
          "events-accounted",
          "late-rows",
          "silver-enrichment",
          "gold-counts",
          "gold-summary",
          "gold-values",
          "rows-rederived",
          "statistics-true");

  private static final String NOT_GOLD = "--table=bronze,silver,quarantine,late,gaps";

  @TempDir private static Path made;
  private static JsonNode sent;

  @TempDir private Path temp;

  @BeforeAll
  static void aRunWithAllKindsOfEvents() throws Exception {
    try (MedallionProcess run =
        MedallionProcess.start(
            made,
            "--lake=" + lake(),
            "--events=10000",
            "--rate=1000",
            "--stations=20",
            "--window=2s",
            "--out-of-orderness=1s",
            "--checkpoint-interval=500ms",
            "--invalid-ratio=0.05",
            "--late-ratio=0.02",
            "--json")) {
      assertThat(run.awaitExit()).as(run::err).isZero();
      sent = run.json().path("generator");
    }
  }

  @Test
  void countsWhatTheGeneratorSent() throws Exception {
    try (MedallionProcess process = MedallionProcess.audit(temp, lake(), "--json")) {
      int exitCode = process.awaitExit();
      Audited audited = new Audited(exitCode, process.out(), process.err());

      assertThat(exitCode).as(audited::out).isZero();
      assertThat(audited.err()).isEmpty();
      assertThat(audited.json().path("checks"))
          .extracting(check -> check.path("name").asText())
          .containsExactlyElementsOf(ALL_CHECKS);
      long valid = count("onTime") + count("late");
      assertThat(audited.count("bronze-offsets", "rows")).isEqualTo(count("acknowledged"));
      assertThat(audited.count("events-accounted", "silver")).isEqualTo(valid);
      assertThat(audited.count("events-accounted", "quarantine"))
          .isEqualTo(count("invalid") + count("future"));
      assertThat(audited.count("events-accounted", "duplicates"))
          .isEqualTo(count("duplicate"))
          .isPositive();
      assertThat(audited.count("events-accounted", "lost")).isZero();
      assertThat(audited.count("late-rows", "rows")).isEqualTo(count("late"));
      assertThat(audited.count("gold-counts", "in gold")).isEqualTo(valid - count("late"));
      assertThat(audited.count("gold-counts", "open")).isZero();
      assertThat(audited.count("gold-summary", "events")).isEqualTo(valid - count("late"));
      assertThat(audited.count("silver-enrichment", "rows sampled")).isEqualTo(valid);
      assertThat(audited.count("gold-values", "rows")).isPositive();
    }
  }

  @Test
  void aFileDroppedFromBronzeIsAGapAndLeavesSilverRowsWithoutOrigin() throws Exception {
    LakeCopy copy = copy();
    copy.removeFile("bronze");

    Audited.audit(copy).assertBroken("bronze-offsets", "events-accounted");
  }

  @Test
  void aDoubledSilverRowIsFoundWhereItIs() throws Exception {
    LakeCopy copy = copy();
    copy.doubleFile("silver");

    Audited audited = Audited.audit(copy);
    audited.assertBroken("events-accounted", "gold-counts");
    assertThat(audited.check("events-accounted").path("examples").path(0).asText())
        .matches("partition \\d+ offset \\d+ is twice in silver");
  }

  @Test
  void aRowTakenOutOfSilverIsNoDuplicate() throws Exception {
    LakeCopy copy = copy();
    String place = copy.removeRow("silver");

    Audited audited = Audited.audit(copy);
    audited.assertBroken("events-accounted", "gold-counts");
    assertThat(audited.count("events-accounted", "lost"))
        .as("the event, and copies of it, which have no original any more")
        .isPositive()
        .isEqualTo(count("duplicate") + 1 - audited.count("events-accounted", "duplicates"));
    assertThat(audited.check("events-accounted").path("examples"))
        .extracting(JsonNode::asText)
        .anyMatch(
            example ->
                example.startsWith(place + " is in bronze and in neither silver nor quarantine"));
  }

  @Test
  void aFileDroppedFromQuarantineLeavesEventsUnaccounted() throws Exception {
    LakeCopy copy = copy();
    copy.removeFile("quarantine");

    Audited.audit(copy).assertBroken("events-accounted");
  }

  @Test
  void aFileDroppedFromLateLeavesEventsThatNoWindowCounted() throws Exception {
    LakeCopy copy = copy();
    copy.removeFile("late");

    Audited.audit(copy).assertBroken("gold-counts");
  }

  @Test
  void anAlteredGoldValueIsRecomputed() throws Exception {
    LakeCopy copy = copy();
    copy.raise("gold/weather_by_station", "maxTemperature");

    Audited audited = Audited.audit(copy);
    audited.assertBroken("gold-values");
    assertThat(audited.check("gold-values").path("examples").path(0).asText())
        .contains("weather_by_station", "maxTemperature is", "recomputed");
  }

  @Test
  void anAlteredSummaryCountIsNotTheSumOfTheStations() throws Exception {
    LakeCopy copy = copy();
    copy.raise("gold/weather_summary", "eventCount");

    Audited.audit(copy).assertBroken("gold-summary");
  }

  @Test
  void aDoubledGoldRowIsFound() throws Exception {
    LakeCopy copy = copy();
    copy.doubleFile("gold/weather_by_station");

    Audited.audit(copy).assertBroken("gold-counts", "gold-summary");
  }

  @Test
  void anAlteredEnrichmentIsRecomputed() throws Exception {
    LakeCopy copy = copy();
    copy.raise("silver", "dewPoint");

    Audited.audit(copy).assertBroken("silver-enrichment", "rows-rederived");
  }

  @Test
  void aWindThatTurnedByADegreeIsNotTheOneInGold() throws Exception {
    LakeCopy copy = copy();
    copy.raise("silver", "windDirectionDegrees");

    Audited.audit(copy).assertBroken("gold-values", "rows-rederived");
  }

  /** Where an event is, other checks look at: a row that is elsewhere is lost. */
  private static final Set<String> PLACES = Set.of("eventHub", "partition", "offset");

  @Test
  void aWrongValueIsFoundInEveryColumnThatFollowsFromARecord() throws Exception {
    for (String table : List.of("silver", "quarantine", "late")) {
      LakeCopy copy = LakeCopy.of(lake(), temp.resolve(table));
      Set<String> but = new HashSet<>(PLACES);
      // How late an event came the job alone knows; a verdict by other rules is counted; its detail
      // is for people.
      but.addAll(List.of("windowStart", "windowEnd", "latenessMillis", "ruleVersion", "detail"));

      List<String> changed = copy.changeEach(table, but);

      Audited audited = Audited.audit(copy);
      assertThat(audited.check("rows-rederived").path("violations").asInt())
          .as("%s of %s", audited.check("rows-rederived"), changed)
          .isEqualTo(changed.size())
          .isGreaterThanOrEqualTo(7);
    }
  }

  /** Silver and gold agree with each other then, and not with what was sent. */
  @Test
  void aBodyOfBronzeThatWasChangedIsNotTheOneThatSilverIsFrom() throws Exception {
    LakeCopy copy = copy();
    copy.changeEach("bronze", allBut("bronze", "body"));

    Audited.audit(copy).assertBroken("rows-rederived");
  }

  @Test
  void statisticsThatHideRowsFromReadersAreFound() throws Exception {
    LakeCopy copy = copy();
    copy.lie("silver", "maxValues", "temperature", "-80.0");
    copy.lie("late", "nullCount", "eventId", "1");

    Audited audited = Audited.audit(copy);
    audited.assertBroken("statistics-true");
    assertThat(audited.check("statistics-true").path("violations").asInt()).isEqualTo(2);
  }

  private static Set<String> allBut(String table, String column) {
    return new DeltaTable(LakeFolder.uri(lake().resolve(table)))
        .snapshot().getSchema().fields().stream()
            .map(StructField::getName)
            .filter(name -> !name.equals(column))
            .collect(Collectors.toSet());
  }

  @Test
  void aMissingTableIsFound() throws Exception {
    LakeCopy copy = copy();
    copy.delete("late");

    Audited.audit(copy).assertBroken("tables");
  }

  /** As while the job commits: bronze has the newest checkpoint, the others not yet. */
  @Test
  void aTableOneCheckpointAheadIsNoError() throws Exception {
    LakeCopy copy = copy();
    long checkpoint = copy.lastCheckpoint("silver");
    for (String table : LakeProgress.tables(ContractReader.standard())) {
      copy.forgetFrom(table, table.equals("bronze") ? checkpoint + 1 : checkpoint);
    }

    Audited audited = Audited.audit(copy);

    assertThat(audited.exitCode()).as(audited::out).isZero();
    assertThat(audited.json().path("checkpoint").longValue()).isLessThan(checkpoint);
    assertThat(audited.count("bronze-offsets", "rows"))
        .isPositive()
        .isLessThan(count("acknowledged"));
  }

  @Test
  void aCompactedLakeHoldsWithTheSameCounts() throws Exception {
    LakeCopy copy = copy();
    Audited before = Audited.audit(copy);

    assertThat(compact(copy.root()))
        .containsPattern("bronze: .* now, %,d rows as before".formatted(count("acknowledged")))
        .containsPattern("gold/weather_by_station: .* now, ");

    Audited after = Audited.audit(copy);
    assertThat(after.exitCode()).as(after::out).isZero();
    for (String check : ALL_CHECKS) {
      // Those three count files.
      if (!check.startsWith("statistics") && !check.equals("partition-values")) {
        assertThat(after.check(check)).isEqualTo(before.check(check));
      }
    }
  }

  @Test
  void whatWasRemovedBecauseItWasOldIsNoLoss() throws Exception {
    LakeCopy copy = copy();
    expire(copy.root(), "bronze=1d");

    Audited withoutBronze = Audited.audit(copy);
    withoutBronze.assertHolds();
    assertThat(withoutBronze.count("bronze-offsets", "rows")).isZero();
    assertThat(withoutBronze.count("events-accounted", "silver"))
        .isEqualTo(count("onTime") + count("late"));

    expire(copy.root(), "silver=1d");
    expire(copy.root(), "gold/weather_summary=1d");
    Audited withoutSilver = Audited.audit(copy);
    withoutSilver.assertHolds();
    assertThat(withoutSilver.count("gold-counts", "silver")).isZero();
  }

  /** As if three days had passed. */
  private static void expire(Path lake, String keep) {
    Clock inThreeDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));
    CommandRun.on(lake, new ExpireCommand(inThreeDays), "--keep", keep).done();
  }

  /** All of it, as if the day were over. */
  private static String compact(Path lake, String... options) {
    List<String> all = new ArrayList<>(List.of("--older-than=0s", "--min-files=2"));
    all.addAll(List.of(options));
    Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
    return CommandRun.on(lake, new CompactCommand(inTwoDays), all.toArray(String[]::new))
        .done()
        .out();
  }

  /** Gold by the job, the others by the command. */
  @Test
  void aLakeThatIsBeingWrittenAndCompactedHoldsAtEveryMoment() throws Exception {
    Path lake = temp.resolve("running");
    try (MedallionProcess run =
        MedallionProcess.start(
            temp,
            "--lake=" + lake,
            "--rate=1000",
            "--window=2s",
            "--out-of-orderness=1s",
            "--checkpoint-interval=500ms",
            "--invalid-ratio=0.05",
            "--late-ratio=0.02",
            "--set=compaction.max.small.files=4")) {
      await()
          .atMost(Duration.ofMinutes(3))
          .failFast("the process ended", () -> !run.isAlive())
          .until(() -> closedWindowsOfCompacted(lake) >= 5 && isMerged(lake));
      assertThat(run.isAlive()).isTrue();
      assertThat(compact(lake, NOT_GOLD)).contains(" now, ");
      assertThat(closedWindowsOf(lake)).isGreaterThanOrEqualTo(5);
    }
  }

  private static long closedWindowsOfCompacted(Path lake) throws IOException {
    long windows = closedWindowsOf(lake);
    if (windows > 0) {
      compact(lake, NOT_GOLD);
    }
    return windows;
  }

  private static boolean isMerged(Path lake) throws IOException {
    Path log = lake.resolve("gold/weather_by_station/_delta_log");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(log, "*.json")) {
      for (Path entry : entries) {
        if (Files.readString(entry).contains("\"operation\":\"OPTIMIZE\"")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a lake that may not have a table yet, but holds as soon as it has. */
  private static long closedWindowsOf(Path lake) throws IOException {
    Audited audited = Audited.audit(new LakeCopy(lake));
    assertThat(audited.exitCode()).as(() -> audited.out() + audited.err()).isIn(0, 2);
    return audited.exitCode() == 0 ? audited.count("gold-counts", "closed windows") : 0;
  }

  @Test
  void withoutAClosedWindowEveryEventThatIsNotLateIsInAnOpenOne() throws Exception {
    LakeCopy copy = copy();
    copy.forgetFrom("gold/weather_by_station", 0);
    copy.forgetFrom("gold/weather_summary", 0);

    Audited audited = Audited.audit(copy);

    assertThat(audited.exitCode()).as(audited::out).isZero();
    assertThat(audited.count("gold-counts", "open")).isEqualTo(count("onTime"));
  }

  @Test
  void aRangeOfTimeIsAuditedByItself() throws Exception {
    Audited audited =
        Audited.audit(new LakeCopy(lake()), "--from=2000-01-01", "--to=2001-01-01T00:00:00Z");

    assertThat(audited.exitCode()).as(audited::out).isZero();
    assertThat(audited.count("bronze-offsets", "rows")).isZero();
    assertThat(audited.count("gold-counts", "silver")).isZero();
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));

    assertThat(Audited.audit(new LakeCopy(empty)))
        .satisfies(
            audited -> {
              assertThat(audited.exitCode()).isEqualTo(2);
              assertThat(audited.err()).contains("holds no table of a lake").hasLineCount(1);
            });
    assertThat(Audited.audit(new LakeCopy(lake()), "--from=yesterday"))
        .satisfies(
            audited -> {
              assertThat(audited.exitCode()).isEqualTo(2);
              assertThat(audited.err()).contains("'yesterday' is not a time").hasLineCount(1);
            });
  }

  private LakeCopy copy() throws IOException {
    return LakeCopy.of(lake(), temp.resolve("copy"));
  }

  private static long count(String kind) {
    return sent.path(kind).longValue();
  }

  private static Path lake() {
    return made.resolve("lake");
  }
}
