package io.medallion.maintenance.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cli.CommandLineRunner;
import io.medallion.cli.Ticker;
import io.medallion.delta.ForeignWriter;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableContent;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableLocation;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two days of events and some windows, five commits each; it is noon of the third day. */
class TableCompactionTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final LocalDate SECOND = LocalDate.parse("2026-01-02");
  private static final Instant NOON = Instant.parse("2026-01-03T12:00:00Z");
  private static final long MIB = 1024 * 1024;
  private static final CompactionRules RULES =
      new CompactionRules(128 * MIB, 4, Duration.ofDays(1), false);

  @TempDir private Path folder;
  private SmallLake lake;

  @BeforeEach
  void write() throws Exception {
    lake = new SmallLake(folder);
    for (int commit = 0; commit < 5; commit++) {
      lake.events(FIRST, 20);
      lake.events(SECOND, 20);
      lake.windows(7);
    }
  }

  @Test
  void ofEachClosedDayTheFilesBecomeOneWithTheSameRows() throws Exception {
    for (TableDefinition table : List.of(SmallLake.WEATHER.bronze(), SmallLake.WEATHER.silver())) {
      List<String> before = lake.rows(table);
      long version = lake.table(table).version();

      CompactionResult result = run(table, RULES);

      assertThat(result.version()).hasValue(version + 1);
      assertThat(result.filesBefore()).isEqualTo(5);
      assertThat(result.filesAfter()).isEqualTo(1);
      assertThat(result.rows()).isEqualTo(100);
      assertThat(lake.rows(table)).isEqualTo(before);
      assertThat(filesByDay(table)).isEqualTo(Map.of("2026-01-01", 1L, "2026-01-02", 5L));
      assertThat(lake.table(table).version()).isEqualTo(version + 1);
    }
  }

  @Test
  void theProtocolStaysTheOldest() throws Exception {
    run(SmallLake.WEATHER.bronze(), RULES);

    io.delta.kernel.internal.SnapshotImpl table =
        (io.delta.kernel.internal.SnapshotImpl) lake.table(SmallLake.WEATHER.bronze()).snapshot();
    assertThat(table.getProtocol().getMinReaderVersion()).isEqualTo(1);
    assertThat(table.getProtocol().getMinWriterVersion()).isEqualTo(2);
  }

  @Test
  void statisticsAreThoseOfAllRows() throws Exception {
    run(SmallLake.WEATHER.silver(), RULES);

    JsonNode statistics =
        files(SmallLake.WEATHER.silver()).stream()
            .filter(file -> file.partition().get("eventDate").equals("2026-01-01"))
            .findFirst()
            .orElseThrow()
            .statistics();
    assertThat(statistics.path("numRecords").asLong()).isEqualTo(100);
    assertThat(statistics.at("/minValues/offset").asLong()).isZero();
    assertThat(statistics.at("/maxValues/offset").asLong()).isEqualTo(179);
    assertThat(statistics.at("/minValues/stationId").asText()).isEqualTo("st-0");
    assertThat(statistics.at("/maxValues/stationId").asText()).isEqualTo("st-2");
    assertThat(statistics.at("/minValues/eventTime").asText()).startsWith("2026-01-01T00:00:00");
    assertThat(statistics.at("/maxValues/eventTime").asText()).startsWith("2026-01-01T00:02:59");
    assertThat(statistics.at("/nullCount/eventId").asLong()).isEqualTo(100);
    assertThat(statistics.at("/nullCount/stationId").asLong()).isZero();
  }

  @Test
  void filesOfATableWithoutPartitionsAreTakenWhenTheyAreOld() throws Exception {
    List<String> before = lake.rows(SmallLake.WEATHER.gold().get(0));
    CompactionRules atOnce = new CompactionRules(128 * MIB, 4, Duration.ZERO, false);

    // Its files were written just now, long after the noon of the test.
    assertThat(run(SmallLake.WEATHER.gold().get(0), atOnce).version()).isEmpty();
    assertThat(run(SmallLake.WEATHER.gold().get(0), atOnce, Clock.systemUTC()).filesAfter())
        .isEqualTo(1);

    assertThat(lake.rows(SmallLake.WEATHER.gold().get(0))).isEqualTo(before);
    assertThat(files(SmallLake.WEATHER.gold().get(0))).hasSize(1);
  }

  @Test
  void onRequestFilesOfAnOpenDayAreTakenWhenTheyAreOld() throws Exception {
    List<String> before = lake.rows(SmallLake.WEATHER.silver());
    CompactionRules openDays = new CompactionRules(128 * MIB, 4, Duration.ZERO, true);

    assertThat(run(SmallLake.WEATHER.silver(), openDays).version()).isEmpty();
    assertThat(run(SmallLake.WEATHER.silver(), openDays, Clock.systemUTC()).filesAfter())
        .isEqualTo(2);

    assertThat(lake.rows(SmallLake.WEATHER.silver())).isEqualTo(before);
  }

  @Test
  void aSecondRunFindsNothingToDo() throws Exception {
    run(SmallLake.WEATHER.bronze(), RULES);
    long version = lake.table(SmallLake.WEATHER.bronze()).version();

    assertThat(run(SmallLake.WEATHER.bronze(), RULES).version()).isEmpty();

    assertThat(lake.table(SmallLake.WEATHER.bronze()).version()).isEqualTo(version);
  }

  @Test
  void fewFilesAreLeftAlone() throws Exception {
    assertThat(
            run(
                    SmallLake.WEATHER.bronze(),
                    new CompactionRules(128 * MIB, 6, Duration.ofDays(1), false))
                .version())
        .isEmpty();
  }

  @Test
  void filesGetTheSizeThatIsAskedForAndAreThenLeftAlone() throws Exception {
    lake.bodies(2_000);
    for (int commit = 0; commit < 20; commit++) {
      lake.events(FIRST, 50);
    }
    List<String> before = lake.rows(SmallLake.WEATHER.bronze());
    CompactionRules rules = new CompactionRules(MIB / 4, 2, Duration.ZERO, false);

    CompactionResult result = run(SmallLake.WEATHER.bronze(), rules);

    assertThat(lake.rows(SmallLake.WEATHER.bronze())).isEqualTo(before);
    List<Long> sizes =
        files(SmallLake.WEATHER.bronze()).stream()
            .filter(file -> file.partition().containsValue("2026-01-01"))
            .map(DataFile::bytes)
            .sorted()
            .toList();
    assertThat(result.filesAfter()).isGreaterThan(5);
    assertThat(sizes.stream().filter(rules::isSmall).count()).isLessThanOrEqualTo(1);
    assertThat(sizes.get(sizes.size() - 1)).isLessThan(MIB / 3);
    assertThat(run(SmallLake.WEATHER.bronze(), rules).version()).isEmpty();
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndWritesNothing() {
    long version = lake.table(SmallLake.WEATHER.silver()).version();

    assertThat(execute("--dry-run"))
        .contains("silver: 10 files (")
        .contains(" of 2 partitions would become about 2, 200 rows")
        .contains("Nothing was written");

    assertThat(lake.table(SmallLake.WEATHER.silver()).version()).isEqualTo(version);
  }

  @Test
  void theCommandCompactsWhatThereIsAndSaysSo() {
    List<String> before = lake.rows(SmallLake.WEATHER.silver());

    assertThat(execute("--older-than", "0s"))
        .containsPattern("bronze: 10 files \\(.*\\) of 2 partitions are 2 files")
        .containsPattern("silver: .* 200 rows as before; version 12")
        .containsPattern("gold/weather_by_station: 5 files .* of 1 partitions are 1 files");

    assertThat(lake.rows(SmallLake.WEATHER.silver())).isEqualTo(before);
    assertThat(execute("--older-than", "0s"))
        .contains("bronze: nothing to do")
        .contains("gold/weather_by_station: nothing to do");
  }

  @Test
  void aTableWithUnknownFeaturesIsRefusedByNameAndTheOthersAreDone() throws Exception {
    new ForeignWriter(folder.resolve("bronze"))
        .commit(
            List.of(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                    + "\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exitCode =
        CommandLineRunner.execute(
            new CompactCommand(),
            print(out),
            print(err),
            new String[] {"--lake", folder.toString()});

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("'rowTracking'").contains("/bronze");
    assertThat(out.toString(UTF_8)).contains("silver: 10 files").doesNotContain("bronze");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(exitCode("--target-size", "1kb")).isEqualTo(2);
    assertThat(exitCode("--target-size", "much")).isEqualTo(2);
    assertThat(exitCode("--min-files", "1")).isEqualTo(2);
    assertThat(exitCode("--older-than", "soon")).isEqualTo(2);
    assertThat(exitCode("--help")).isZero();
  }

  private CompactionResult run(TableDefinition table, CompactionRules rules) throws Exception {
    return run(table, rules, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private CompactionResult run(TableDefinition table, CompactionRules rules, Clock clock)
      throws Exception {
    TableLocation location = lake.lake().location(table);
    return new TableCompaction(location, rules, clock, new Ticker(System.err, ""))
        .run()
        .orElseThrow();
  }

  private int exitCode(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--lake", folder.toString()));
    arguments.addAll(List.of(options));
    PrintStream none = print(new ByteArrayOutputStream());
    return CommandLineRunner.execute(
        new CompactCommand(), none, none, arguments.toArray(String[]::new));
  }

  private String execute(String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of("--lake", folder.toString()));
    arguments.addAll(List.of(options));
    assertThat(
            CommandLineRunner.execute(
                new CompactCommand(), print(out), System.err, arguments.toArray(String[]::new)))
        .isZero();
    return out.toString(UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private List<DataFile> files(TableDefinition table) {
    TableLocation location = lake.lake().location(table);
    List<DataFile> files = new ArrayList<>();
    TableContent.of(location.engine(), lake.table(table).snapshot()).forEachFile(files::add);
    return files;
  }

  private Map<String, Long> filesByDay(TableDefinition table) {
    return files(table).stream()
        .collect(
            Collectors.groupingBy(
                file -> file.partition().values().iterator().next(), Collectors.counting()));
  }
}
