package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  // Locales with other digits, and with other letters: as if set on the machine, for one run each.
  private static final Map<String, String> ARABIC = locale("-Duser.language=ar -Duser.country=EG");
  private static final Map<String, String> THAI =
      locale("-Duser.language=th -Duser.country=TH -Duser.variant=TH");
  private static final Map<String, String> TURKISH =
      locale(
          "-Duser.language=tr -Duser.country=TR -Duser.language.format=bn -Duser.country.format=BD");

  /** Counts over what the script itself gives. */
  private static Map<String, String> locale(String options) {
    return Map.of("_JAVA_OPTIONS", options);
  }

  private static final Pattern DASHBOARD = Pattern.compile("dashboard +(http://\\S+)");

  @TempDir private Path temp;

  @Test
  void theTablesHoldExactlyWhatTheGeneratorSent() throws Exception {
    JsonNode summary = run("--events", "200000", "--json");

    JsonNode sent = summary.path("generator");
    assertThat(sent.path("acknowledged").longValue()).isEqualTo(200_000);
    assertThat(rows(summary, "bronze")).isEqualTo(200_000);
    assertThat(rows(summary, "silver")).isEqualTo(count(sent, "onTime") + count(sent, "late"));
    assertThat(rows(summary, "quarantine"))
        .isEqualTo(count(sent, "invalid") + count(sent, "future"));
    assertThat(audited(summary, "duplicates")).isEqualTo(count(sent, "duplicate")).isPositive();
    assertThat(audited(summary, "lost")).isZero();
    assertThat(summary.at("/audit/holds").asBoolean()).isTrue();
    assertThat(rows(summary, "late")).isEqualTo(count(sent, "late"));
    assertThat(rows(summary, "gold/weather_by_station")).isPositive();
    assertThat(rows(summary, "gold/weather_summary")).isPositive();
    assertThat(Path.of(summary.path("savepoint").asText().replaceFirst("^file:", ""))).exists();
  }

  @Test
  void aLakeOfAnotherContractHoldsExactlyWhatTheGeneratorSentAndStaysWithIt() throws Exception {
    JsonNode summary = run("--contract", "telemetry", "--events", "20000", "--json");

    JsonNode sent = summary.path("generator");
    assertThat(rows(summary, "bronze")).isEqualTo(20_000);
    assertThat(rows(summary, "silver")).isEqualTo(count(sent, "onTime") + count(sent, "late"));
    assertThat(rows(summary, "quarantine"))
        .isEqualTo(count(sent, "invalid") + count(sent, "future"));
    assertThat(rows(summary, "late")).isEqualTo(count(sent, "late")).isPositive();
    assertThat(rows(summary, "gold/telemetry_by_device")).isPositive();
    assertThat(rows(summary, "gold/telemetry_by_type")).isPositive();
    assertThat(rows(summary, "gold/telemetry_summary")).isPositive();
    assertThat(summary.path("tables").has("gold/weather_summary")).isFalse();
    assertThat(summary.at("/audit/holds").asBoolean()).isTrue();

    try (MedallionProcess weather =
        MedallionProcess.start(temp, "--lake", lake().toString(), "--events", "10")) {
      assertThat(weather.awaitExit()).isEqualTo(2);
      assertThat(weather.err()).contains("contract 'telemetry', not 'weather'");
    }
  }

  @Test
  void aKilledAndAStoppedRunAreGoneOnWithAndNothingIsLostOrDoubled() throws Exception {
    try (MedallionProcess killed =
        MedallionProcess.start(temp, ARABIC, "--lake", lake().toString(), "--rate", "4000")) {
      awaitBronze(killed, 4_000);
      awaitGoldOnTheDashboard(killed);
      killed.kill();
    }
    long afterKill = bronzeRows();

    try (MedallionProcess stopped =
        MedallionProcess.start(
            temp, "--lake", lake().toString(), "--rate", "4000", "--parallelism", "3")) {
      awaitBronze(stopped, afterKill + 4_000);
      stopped.interrupt();
      assertThat(stopped.awaitExit()).as(stopped::err).isZero();
      assertThat(stopped.err()).containsPattern("resume .*chk-");
    }

    try (MedallionProcess drained =
        MedallionProcess.start(
            temp,
            TURKISH,
            "--lake",
            lake().toString(),
            "--events",
            "10000",
            "--parallelism",
            "1")) {
      assertThat(drained.awaitExit()).as(drained::err).isZero();
      assertThat(drained.err()).containsPattern("resume .*savepoint-");
    }
    new LakeAssert(lake())
        .bronzeHasEveryOffsetOnce()
        .everyBronzeRowIsInSilverOrQuarantineOrIsARepetition()
        .everySilverRowIsInGoldOrLate();
    auditHolds();
    replay().assertSameRows().assertAuditHolds();
  }

  /** As of a release that came with another one: a checkpoint goes with the one that wrote it. */
  @Test
  void aRunThatWasKilledIsGoneOnWithWhateverItsStateBackendWas() throws Exception {
    Path conf = Files.createDirectory(temp.resolve("conf"));
    try (Stream<Path> files = Files.list(Path.of("../flink-conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, conf.resolve(file.getFileName()));
      }
    }
    Path config = conf.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("state.backend.type: rocksdb", "state.backend.type: hashmap"));
    Map<String, String> environment = Map.of("MEDALLION_CONF", conf.toString());
    try (MedallionProcess killed =
        MedallionProcess.start(temp, environment, "--lake", lake().toString(), "--rate", "4000")) {
      awaitBronze(killed, 4_000);
      killed.kill();
    }
    long afterKill = bronzeRows();

    JsonNode summary = run("--events", "2000", "--json");

    assertThat(rows(summary, "bronze")).isGreaterThanOrEqualTo(afterKill + 2_000);
    auditHolds();
  }

  @Test
  void aDrainedLakeIsGoneOnWith() throws Exception {
    run("--events", "5000", "--json");
    JsonNode summary = run("--events", "7000", "--preload", "--json");

    assertThat(rows(summary, "bronze")).isEqualTo(12_000);
    assertThat(summary.at("/tables/bronze/added").longValue()).isEqualTo(7_000);
    assertThat(summary.at("/throughput/events").longValue()).isEqualTo(7_000);
    new LakeAssert(lake())
        .bronzeHasEveryOffsetOnce()
        .everyBronzeRowIsInSilverOrQuarantineOrIsARepetition()
        .everySilverRowIsInGoldOrLate();
    auditHolds();
  }

  @Test
  void anotherEventHubIsReadToItsEndWhateverTheLakeHasOfTheFirst() throws Exception {
    run("--events", "30000", "--json");
    String[] other = {"--topic", "other", "--set", "source.generation=2", "--json"};

    JsonNode summary = run(join(other, "--events", "20000"));
    assertThat(rows(summary, "bronze")).isEqualTo(50_000);
    assertThat(rows(run(join(other, "--events", "2000", "--preload")), "bronze")).isEqualTo(52_000);
    auditHolds();
    // The runs ended by closing all windows, which a replay does not know of.
    replay("--checkpoint-interval=2s")
        .assertSameRows("bronze", "silver", "quarantine", "gaps")
        .assertAuditHolds();
  }

  /** By the settings that a run without options has. */
  private Replayed replay(String... options) {
    String[] all = join(new String[] {"--conf=../flink-conf/job-local.properties"}, options);
    return Replayed.replay(lake(), temp.resolve("new lake"), all).assertDone();
  }

  private static String[] join(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private void auditHolds() throws IOException, InterruptedException {
    try (MedallionProcess audit = MedallionProcess.audit(temp, lake())) {
      assertThat(audit.awaitExit()).as(() -> audit.out() + audit.err()).isZero();
    }
  }

  private JsonNode run(String... options) throws IOException, InterruptedException {
    String[] all = new String[options.length + 2];
    all[0] = "--lake";
    all[1] = lake().toString();
    System.arraycopy(options, 0, all, 2, options.length);
    try (MedallionProcess process = MedallionProcess.start(temp, THAI, all)) {
      assertThat(process.awaitExit()).as(process::err).isZero();
      return process.json();
    }
  }

  /** With a blank, as in many a home folder. */
  private Path lake() {
    return temp.resolve("my lake");
  }

  private void awaitBronze(MedallionProcess process, long rows) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(process::err).isTrue())
        .until(() -> bronzeRows() >= rows);
  }

  /** At the address that the run has printed. */
  private static void awaitGoldOnTheDashboard(MedallionProcess process) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(process::err).isTrue())
        .untilAsserted(
            () -> {
              Matcher address = DASHBOARD.matcher(process.err());
              assertThat(address.find()).as(process::err).isTrue();
              assertThat(state(address.group(1)).at("/gold/tables/0/newest").asText()).isNotEmpty();
            });
  }

  private static JsonNode state(String dashboard) throws IOException {
    return new JsonMapper().readTree(URI.create(dashboard + "/api/v2/state").toURL());
  }

  private long bronzeRows() {
    Path log = lake().resolve("bronze/_delta_log");
    return Files.exists(log.resolve(CommitFile.name(0)))
        ? TableProgress.open(lake().resolve("bronze")).rows()
        : 0;
  }

  private static long rows(JsonNode summary, String table) {
    return summary.path("tables").path(table).path("rows").longValue();
  }

  /** What the audit at the end of the run says of all events. */
  private static long audited(JsonNode summary, String what) {
    for (JsonNode check : summary.at("/audit/checks")) {
      if (check.path("name").asText().equals("events-accounted")) {
        return check.path("counts").path(what).longValue();
      }
    }
    throw new AssertionError("No audit in " + summary);
  }

  private static long count(JsonNode sent, String kind) {
    return sent.path(kind).longValue();
  }
}
