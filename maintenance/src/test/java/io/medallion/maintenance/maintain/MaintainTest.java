package io.medallion.maintenance.maintain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.cli.CommandLineRunner;
import io.medallion.delta.ForeignWriter;
import io.medallion.maintenance.audit.AuditCommand;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.OnDayLake;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Four days of all tables, 1 to 4 January; it is noon of the fifth unless a test says otherwise.
 */
class MaintainTest extends OnDayLake {

  private static final Clock NEXT_WEEK = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
  private static final TableDefinition SILVER = SmallLake.WEATHER.silver();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void onePassRemovesWhatIsOldCompactsAndVacuumsAndTheAuditHolds() throws Exception {
    assertThat(run(NOON, "--once", "--keep", "silver=3d", "--keep", "bronze=3d", "--min-files=2"))
        .isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("Z bronze: expire: 14 rows up to 2026-01-02T00:00:00Z .* removed; version")
        .containsPattern("Z silver: expire: 16 rows .* removed; version \\d+; compact: 4 files")
        .containsPattern("Z pass 1 with vacuum: 2 of 7 tables changed, 0 failures")
        .hasLineCount(3);
    assertThat(lake.table(SILVER).files()).hasSize(4);
    assertThat(run(NOON, "--once", "--keep", "silver=3d", "--min-files=2")).isZero();
    assertThat(out.toString(UTF_8)).contains("pass 1 with vacuum: 0 of 7 tables changed");
    audit();

    assertThat(run(NEXT_WEEK, "--once", "--min-files=2")).isZero();

    assertThat(out.toString(UTF_8))
        .containsPattern("Z silver: compact: .*; vacuum: 8 files \\(.*\\) deleted")
        .containsPattern("Z gold/weather_summary: compact: ")
        .doesNotContain("expire:");
    audit();
  }

  @Test
  void whatFailsStopsNothingElseAndIsToldByTheExitCode() throws Exception {
    new ForeignWriter(root.resolve("bronze"))
        .commit(
            List.of(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                    + "\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}"));
    Files.writeString(
        new ForeignWriter(root.resolve("gaps")).logEntry(7), "{\"this\":\"is no\n commit");

    assertThat(run(NOON, "--once", "--keep", "silver=1d", "--keep", "bronze=1d")).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .containsPattern("Z bronze: expire: .*'rowTracking'")
        .containsPattern("Z bronze: compact: .*'rowTracking'")
        .containsPattern("Z gaps: ");
    assertThat(out.toString(UTF_8))
        .containsPattern("Z silver: expire: 48 rows")
        .containsPattern("1 of 7 tables changed, 4 failures");
  }

  @Test
  void whenItIsAskedToStopItEndsAfterTheStepAtHand() {
    Stop stop = new Stop();
    PrintStream stopping = new StopAt(out, "silver:", stop);

    assertThat(
            CommandLineRunner.execute(
                new MaintainCommand(NOON, () -> stop),
                stopping,
                print(err),
                arguments("--keep=silver=1d", "--keep=quarantine=1d")))
        .isZero();

    assertThat(out.toString(UTF_8)).contains("silver: expire:").contains("stopped");
    assertThat(out.toString(UTF_8)).doesNotContain("quarantine");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void itGoesOnFromPassToPassAndVacuumsLessOften() {
    Stop stop = new Stop();
    PrintStream stopping = new StopAt(out, "pass 3", stop);

    assertThat(
            CommandLineRunner.execute(
                new MaintainCommand(NOON, () -> stop),
                stopping,
                print(err),
                arguments("--every=1ms", "--keep=silver=1d")))
        .isZero();

    assertThat(out.toString(UTF_8))
        .contains("pass 1 with vacuum: 1 of 7 tables changed")
        .contains("pass 2: 0 of 7 tables changed")
        .contains("pass 3: 0 of 7 tables changed")
        .contains("stopped");
  }

  @Test
  void onlyTablesThatAreNamedAreTouched() {
    assertThat(run(NOON, "--once", "--table=quarantine", "--keep=silver=1d")).isZero();

    assertThat(out.toString(UTF_8)).contains("of 1 tables changed").doesNotContain("silver");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(run(NOON, "--once", "--retain=6d")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--force-short-retention");
    assertThat(run(NOON, "--every=0s")).isEqualTo(2);
    assertThat(run(NOON, "--once", "--keep=silver=1h")).isEqualTo(2);
    assertThat(run(NOON, "--once", "--min-files=1")).isEqualTo(2);
    assertThat(run(NOON, "--help")).isZero();
    root = root.resolveSibling("nothing");
    assertThat(run(NOON, "--once")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("holds no table of a lake");
  }

  private int run(Clock clock, String... options) {
    out.reset();
    err.reset();
    return CommandLineRunner.execute(
        new MaintainCommand(clock, () -> new Stop()), print(out), print(err), arguments(options));
  }

  private void audit() {
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    assertThat(
            CommandLineRunner.execute(new AuditCommand(), print(report), System.err, arguments()))
        .as(() -> report.toString(UTF_8))
        .isZero();
  }

  /** Asks to stop when a line says something. */
  private static final class StopAt extends PrintStream {

    private final String text;
    private final Stop stop;

    StopAt(ByteArrayOutputStream out, String text, Stop stop) {
      super(out, true, UTF_8);
      this.text = text;
      this.stop = stop;
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (line.contains(text)) {
        stop.ask();
      }
    }
  }
}
