package io.medallion.maintenance.vacuum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.CommandLineRunner;
import io.medallion.cli.Ticker;
import io.medallion.delta.ForeignWriter;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.maintenance.compact.CompactCommand;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A silver table of one day, of the checkpoints 1 to 3 of a job whose files begin with {@value
 * #OF_THE_JOB}. All is written now; the tests look at it days later.
 */
class TableVacuumTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final LocalDate DAY = LocalDate.parse("2026-01-01");
  private static final String OF_THE_JOB = "part-00000000-after";

  @TempDir private Path temp;
  private Path root;
  private SmallLake lake;

  @BeforeEach
  void threeCommits() throws Exception {
    root = temp.resolve("a lake");
    lake = new SmallLake(root);
    write(lake);
  }

  private static void write(SmallLake lake) throws Exception {
    for (int commit = 0; commit < 3; commit++) {
      lake.events(DAY, 5);
    }
  }

  @Test
  void nothingOfATableThatWasOnlyAppendedToGoes() throws Exception {
    VacuumResult result = vacuum(WEEK, 1000);

    assertThat(result.deletedFiles()).isZero();
    assertThat(result.files(Verdict.NEEDED)).isEqualTo(3);
  }

  @Test
  void filesThatWereCompactedGoWhenNoVersionWithinTheRetentionNeedsThem() throws Exception {
    List<String> rows = lake.rows(SmallLake.WEATHER.silver());
    compact();

    assertThat(vacuum(WEEK, 6).files(Verdict.NEEDED)).isEqualTo(4);
    assertThat(lake.table(SmallLake.WEATHER.silver()).snapshot(4).getVersion()).isEqualTo(4);
    assertThat(dataFiles()).hasSize(4);

    VacuumResult result = vacuum(WEEK, 8);

    assertThat(result.files(Verdict.REPLACED)).isEqualTo(3);
    assertThat(result.deletedFiles()).isEqualTo(3);
    assertThat(dataFiles()).hasSize(1);
    assertThat(lake.rows(SmallLake.WEATHER.silver())).isEqualTo(rows);
    assertThat(vacuum(WEEK, 8).deletedFiles()).isZero();
  }

  @Test
  void aFileThatStorageDoesNotDeleteIsNotCountedAsDeleted() throws Exception {
    compact();
    FaultPlan storage = FaultPlan.create("refusing");
    storage.deleteNothing();
    lake = SmallLake.onFaultyDisk("refusing", root);

    assertThatThrownBy(() -> vacuum(WEEK, 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was not deleted");
    assertThat(dataFiles()).hasSize(4);
  }

  @Test
  void theyAreNeededAsLongIfOnlyALogCheckpointTellsOfThem() throws Exception {
    compact();
    lake.table(SmallLake.WEATHER.silver()).writeCheckpoint();
    ForeignWriter log = new ForeignWriter(silver());
    for (long version = 0; version < 5; version++) {
      Files.delete(log.logEntry(version));
    }

    assertThat(vacuum(WEEK, 6).files(Verdict.NEEDED)).isEqualTo(4);
    assertThat(vacuum(WEEK, 8).files(Verdict.REPLACED)).isEqualTo(3);
  }

  @Test
  void theyAreNeededAsLongIfTheLogCheckpointHasForgottenThem() throws Exception {
    root = temp.resolve("forgetful");
    lake = new SmallLake(root);
    lake.property("delta.deletedFileRetentionDuration", "interval 0 seconds");
    write(lake);
    compact();
    lake.table(SmallLake.WEATHER.silver()).writeCheckpoint();

    assertThat(vacuum(Duration.ofDays(20), 19).files(Verdict.NEEDED)).isEqualTo(4);
    assertThat(vacuum(Duration.ofDays(20), 21).deletedFiles()).isEqualTo(3);
  }

  @Test
  void aWriterWhoSaysThatItRemovedAFileLongAgoIsNotBelieved() throws Exception {
    Path file = dataFiles().get(0);
    new ForeignWriter(silver())
        .commit(
            List.of(
                "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}"
                    .formatted(silver().relativize(file))));

    assertThat(vacuum(WEEK, 6).files(Verdict.NEEDED)).isEqualTo(3);
    assertThat(vacuum(WEEK, 8).files(Verdict.REPLACED)).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileOfAFailedAttemptGoes() throws Exception {
    Path orphan = orphan(OF_THE_JOB + "1-00000-0-0-a.zstd.parquet");

    assertThat(vacuum(WEEK, 6).files(Verdict.YOUNG)).isEqualTo(1);
    assertThat(orphan).exists();
    assertThat(vacuum(WEEK, 8).files(Verdict.FAILED)).isEqualTo(1);
    assertThat(orphan).doesNotExist();
  }

  @Test
  void aFileThatTheJobMayStillCommitStaysHoweverOldItIs() throws Exception {
    Path pending = orphan(OF_THE_JOB + "3-00000-0-0-a.zstd.parquet");

    assertThat(vacuum(WEEK, 1000).files(Verdict.PENDING)).isEqualTo(1);
    assertThat(vacuum(Duration.ZERO, 1000).files(Verdict.PENDING)).isEqualTo(1);
    assertThat(pending).exists();

    lake.events(DAY, 5);
    assertThat(vacuum(WEEK, 1000).files(Verdict.FAILED)).isEqualTo(1);
  }

  @Test
  void aFileOfWhichNothingIsKnownGoesButNotWithinADay() throws Exception {
    Path compacted = orphan("part-optimize-after0-00000-0-0-a.zstd.parquet");
    Path foreign = orphan("part-00001-c000.snappy.parquet");

    assertThat(vacuum(Duration.ZERO, 0.9).files(Verdict.YOUNG)).isEqualTo(2);
    assertThat(vacuum(WEEK, 8).files(Verdict.STRAY)).isEqualTo(2);
    assertThat(compacted).doesNotExist();
    assertThat(foreign).doesNotExist();
  }

  @Test
  void whatIsNoDataFileStays() throws Exception {
    List<Path> others =
        List.of(
            orphan("notes.txt"),
            orphan(".part-00001.parquet.crc"),
            orphan("_temporary.parquet"),
            Files.writeString(silver().resolve("_delta_log/a.parquet"), ""));

    assertThat(vacuum(WEEK, 1000).files(Verdict.FOREIGN)).isEqualTo(1);
    assertThat(others).allMatch(Files::exists);
  }

  @Test
  void aFileThatComesBackWhileItLooksStays() throws Exception {
    SmallLake faulty = SmallLake.onFaultyDisk("back", root);
    FaultPlan plan = FaultPlan.create("back");
    compact();
    Path file =
        dataFiles().stream().filter(path -> !path.toString().contains("optimize")).findAny().get();
    String path = silver().relativize(file).toString();
    AtomicBoolean committed = new AtomicBoolean();
    plan.failNext(
        1,
        Moment.BEFORE,
        operation -> {
          if (operation.kind().equals("list")
              && operation.path().getName().equals("eventDate=2026-01-01")
              && !committed.getAndSet(true)) {
            addAgain(path);
          }
          return false;
        });

    VacuumResult result = vacuum(faulty, WEEK, 8, true);

    assertThat(committed).isTrue();
    assertThat(file).exists();
    assertThat(result.files(Verdict.NEEDED)).isEqualTo(2);
    assertThat(result.files(Verdict.REPLACED)).isEqualTo(2);
  }

  private void addAgain(String path) {
    try {
      new ForeignWriter(silver())
          .commit(
              List.of(
                  ("{\"add\":{\"path\":\"%s\",\"partitionValues\":{\"eventDate\":\"2026-01-01\"},"
                          + "\"size\":1,\"modificationTime\":1,\"dataChange\":true}}")
                      .formatted(path)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDryRunCountsAndDeletesNothing() throws Exception {
    compact();

    assertThat(vacuum(lake, WEEK, 8, false).files(Verdict.REPLACED)).isEqualTo(3);

    assertThat(dataFiles()).hasSize(4);
  }

  @Test
  void theCommandTellsFilesAndBytesByCause() throws Exception {
    compact();
    orphan(OF_THE_JOB + "1-00000-0-0-a.zstd.parquet");

    assertThat(execute(0, "--table=silver", "--dry-run"))
        .containsPattern("silver: 4 files \\(.*\\) would be deleted, 1 files \\(.*\\) kept")
        .containsPattern("to delete: 3 files \\(.*KiB\\) left the table before the retention")
        .contains("Nothing was deleted");
    assertThat(execute(0, "--table=silver"))
        .containsPattern("silver: 4 files \\(.*\\) deleted, 1 files \\(.*\\) kept")
        .contains("deleted: 1 files (0 B) of failed attempts of the job")
        .doesNotContain("bronze");
    assertThat(execute(0)).contains("bronze: ").contains("silver: 0 files (0 B) deleted");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(execute(2, "--retain=6d")).contains("--force-short-retention");
    execute(0, "--retain=6d", "--force-short-retention", "--dry-run");
    execute(2, "--retain=soon");
    execute(2, "--table=gold");
    execute(0, "--help");
  }

  @Test
  void aTableWithUnknownFeaturesIsLeftAlone() throws Exception {
    compact();
    new ForeignWriter(silver())
        .commit(
            List.of(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                    + "\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}"));

    assertThat(execute(1, "--table=silver")).contains("'rowTracking'");
    assertThat(dataFiles()).hasSize(4);
  }

  private String execute(int exitCode, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, UTF_8);
    List<String> arguments = new ArrayList<>(List.of("--lake", root.toString()));
    arguments.addAll(List.of(options));
    assertThat(
            CommandLineRunner.execute(
                new VacuumCommand(later(8)), print, print, arguments.toArray(String[]::new)))
        .as(() -> out.toString(UTF_8))
        .isEqualTo(exitCode);
    return out.toString(UTF_8);
  }

  private VacuumResult vacuum(Duration retention, double days) throws Exception {
    return vacuum(lake, retention, days, true);
  }

  private static VacuumResult vacuum(
      SmallLake lake, Duration retention, double days, boolean delete) throws Exception {
    return new TableVacuum(
            lake.lake().location(SmallLake.WEATHER.silver()),
            retention,
            later(days),
            new Ticker(System.err, ""))
        .run(delete)
        .orElseThrow();
  }

  private static Clock later(double days) {
    return Clock.offset(Clock.systemUTC(), Duration.ofMinutes((long) (days * 24 * 60)));
  }

  private void compact() {
    PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    String[] arguments = {"--lake", root.toString(), "--table=silver", "--min-files=2"};
    assertThat(CommandLineRunner.execute(new CompactCommand(), none, System.err, arguments))
        .isZero();
  }

  private Path orphan(String name) throws IOException {
    return Files.writeString(silver().resolve("eventDate=2026-01-01").resolve(name), "");
  }

  private Path silver() {
    return root.resolve("silver");
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(silver().resolve("eventDate=2026-01-01"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
