package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.cli.Subcommand;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.audit.AuditCommand;
import io.medallion.maintenance.redrive.RedriveCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events that a run quarantined because they came from the future are added to silver once that is
 * tolerated.
 */
class RedriveITCase {

  private static final String TOLERANT = "--set=event.future.tolerance=10000 d";

  @TempDir private static Path made;
  private static JsonNode sent;

  @TempDir private Path temp;
  private LakeCopy lake;

  private record Ran(int exitCode, String out, String err) {

    JsonNode json() throws IOException {
      return new JsonMapper().readTree(out);
    }

    long all(String outcome) throws IOException {
      return json().path("all").path(outcome).longValue();
    }
  }

  @BeforeAll
  static void aRunWithEventsFromTheFuture() throws Exception {
    try (MedallionProcess run =
        MedallionProcess.start(
            made,
            "--lake=" + made.resolve("lake"),
            "--events=3000",
            "--rate=1000",
            "--stations=20",
            "--window=2s",
            "--out-of-orderness=1s",
            "--checkpoint-interval=500ms",
            "--future-ratio=0.05",
            "--invalid-ratio=0.05",
            "--json")) {
      assertThat(run.awaitExit()).as(run::err).isZero();
      sent = run.json().path("generator");
    }
  }

  @BeforeEach
  void copyLake() throws IOException {
    lake = LakeCopy.of(made.resolve("lake"), temp.resolve("lake"));
  }

  @Test
  void whatIsValidNowIsAddedOnceAndTheAuditHolds() throws Exception {
    long silver = rows("silver").size();
    long late = rows("late").size();
    long future = sent.path("future").longValue();

    Ran first = redrive(TOLERANT);
    assertThat(first.exitCode()).as(first::err).isZero();
    assertThat(first.all("added")).isEqualTo(future).isPositive();
    assertThat(first.all("rejected")).isEqualTo(sent.path("invalid").longValue()).isPositive();

    long versionOfSilver = version("silver");
    Ran second = redrive(TOLERANT);
    assertThat(second.exitCode()).as(second::err).isZero();
    assertThat(second.all("added")).isZero();
    assertThat(second.all("present")).isEqualTo(future);
    assertThat(version("silver")).isEqualTo(versionOfSilver);

    assertThat(rows("silver")).hasSize((int) (silver + future));
    assertThat(rows("late")).hasSize((int) (late + future));
    assertThat(rows("late"))
        .filteredOn(row -> "REDRIVEN".equals(row.get("qualityFlags")))
        .hasSize((int) future)
        .allSatisfy(row -> assertThat(row.get("windowStart")).isNotNull());
    assertAuditHolds();
  }

  @Test
  void onlyTheReasonAskedForIsLookedAt() throws Exception {
    Ran redriven = redrive(TOLERANT, "--reason=NULL_BODY,out_of_range");

    assertThat(redriven.exitCode()).as(redriven::err).isZero();
    assertThat(redriven.all("added")).isZero();
    assertThat(redriven.json().path("reasons").fieldNames())
        .toIterable()
        .isNotEmpty()
        .isSubsetOf("NULL_BODY", "OUT_OF_RANGE");
  }

  @Test
  void onlyEventsSinceTheTimeGivenAreLookedAt() throws Exception {
    assertThat(redrive(TOLERANT, "--since=2100-01-01").json().path("reasons")).isEmpty();
  }

  @Test
  void withTheRulesOfTheJobNothingIsAdded() throws Exception {
    long version = version("silver");

    assertThat(redrive().all("added")).isZero();
    assertThat(version("silver")).isEqualTo(version);
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    long version = version("silver");

    Ran tried = redrive(TOLERANT, "--dry-run");

    assertThat(tried.all("added")).isEqualTo(sent.path("future").longValue());
    assertThat(version("silver")).isEqualTo(version);
  }

  /** As if the process had been killed after its commit to silver. */
  @Test
  void whatADeadRedriveDidNotAddToLateIsMadeUpFor() throws Exception {
    redrive(TOLERANT);
    lake.forgetNewest("late");
    assertThat(audit().exitCode()).isEqualTo(1);

    Ran redriven = redrive(TOLERANT);

    assertThat(redriven.all("added")).isZero();
    assertThat(redriven.json().has("silverVersion")).isFalse();
    assertThat(redriven.json().has("lateVersion")).isTrue();
    assertAuditHolds();
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    Ran unknown = redrive("--set=rule.temprature.range=0..1");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("rule.temperature.range").hasLineCount(1);
  }

  private void assertAuditHolds() {
    Ran audited = audit();
    assertThat(audited.exitCode()).as(audited::out).isZero();
  }

  private Ran audit() {
    return run(new AuditCommand(), "--json");
  }

  private Ran redrive(String... options) {
    return run(
        new RedriveCommand(),
        Stream.concat(Stream.of("--json"), Stream.of(options)).toArray(String[]::new));
  }

  private Ran run(Subcommand<?> command, String... options) {
    CommandRun run = CommandRun.on(lake.root(), command, options);
    return new Ran(run.exitCode(), run.out(), run.err());
  }

  private long version(String table) {
    return table(table).version();
  }

  private List<Map<String, Object>> rows(String table) {
    return table(table).rows();
  }

  private DeltaTable table(String table) {
    return new DeltaTable(LakeFolder.uri(lake.root().resolve(table)));
  }
}
