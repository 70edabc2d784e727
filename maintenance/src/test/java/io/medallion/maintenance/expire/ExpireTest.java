package io.medallion.maintenance.expire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandLineRunner;
import io.medallion.delta.ForeignWriter;
import io.medallion.delta.testing.CanonicalJson;
import io.medallion.maintenance.compact.CompactCommand;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.testing.DayLake;
import io.medallion.maintenance.testing.OnDayLake;
import io.medallion.maintenance.testing.SmallLake;
import io.medallion.maintenance.vacuum.VacuumCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Four days of all tables, 1 to 4 January; it is noon of the fifth. */
class ExpireTest extends OnDayLake {

  private static final TableDefinition BRONZE = SmallLake.WEATHER.bronze();
  private static final TableDefinition SILVER = SmallLake.WEATHER.silver();
  private static final TableDefinition GOLD = SmallLake.WEATHER.gold().get(0);

  @Test
  void wholeDaysThatAreOlderLeaveInOneCommitAndNoOther() throws Exception {
    long version = lake.table(SILVER).version();
    List<String> younger = rowsFrom(SILVER, "2026-01-03");

    assertThat(execute(0, "--keep", "silver=2d"))
        .containsPattern(
            "silver: 32 rows up to 2026-01-03T00:00:00Z in \\d+ files \\(.*\\) removed; version "
                + (version + 1));

    assertThat(lake.rows(SILVER)).isEqualTo(younger);
    assertThat(lake.table(SILVER).version()).isEqualTo(version + 1);
    assertThat(expired(SILVER))
        .isEqualTo(new Expired(Instant.parse("2026-01-03T00:00:00Z"), Map.of()));
    assertThat(execute(0, "--keep", "silver=2d")).contains("silver: nothing up to 2026-01-03");
    assertThat(lake.table(SILVER).version()).isEqualTo(version + 1);
  }

  @Test
  void aTableThatIsNotNamedKeepsEverything() {
    List<String> before = lake.rows(BRONZE);
    long version = lake.table(BRONZE).version();

    execute(0, "--keep", "silver=1d", "--keep", "quarantine=1d");

    assertThat(lake.table(BRONZE).version()).isEqualTo(version);
    assertThat(lake.rows(BRONZE)).isEqualTo(before);
  }

  @Test
  void bronzeNotesWhichOffsetsItHadOfEachPartition() {
    execute(0, "--keep", "bronze=3d");
    Expired once = expired(BRONZE);
    execute(0, "--keep", "bronze=2d");

    // A day has 10 events of a partition; of those of the last hour and the copy, 3, come next day.
    assertThat(once.offsets())
        .isEqualTo(Map.of(new Partition("weather", 0), 7L, new Partition("weather", 1), 7L));
    assertThat(expired(BRONZE).offsets())
        .isEqualTo(Map.of(new Partition("weather", 0), 17L, new Partition("weather", 1), 17L));
    assertThat(expired(BRONZE).before()).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(lake.table(BRONZE).rows()).hasSize(2 * (10 * DayLake.DAYS - 17));
  }

  @Test
  void aTableKeepsItsProtocolAndTheJobsProperties() {
    Map<String, String> before = lake.table(SILVER).snapshot().getTableProperties();

    execute(0, "--keep", "silver=1d");

    Map<String, String> after = lake.table(SILVER).snapshot().getTableProperties();
    assertThat(after).containsAllEntriesOf(before).hasSize(before.size() + 1);
  }

  @Test
  void goldLosesFilesWhoseWindowsAreAllOld() {
    execute(0, "--keep", GOLD.path() + "=2d");

    // The last window of a day is in a file with those of the next day.
    assertThat(windowEnds(GOLD)).first().isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(expired(GOLD).before()).isEqualTo("2026-01-02T13:00:00Z");
  }

  @Test
  void aWindowOfGoldGoesAsAWholeOrNotAtAll() throws Exception {
    // A station's row of noon of the second day is in a file with a younger window.
    new ForeignWriter(root.resolve(GOLD.path()))
        .commit(
            List.of(
                "{\"add\":{\"path\":\"other.parquet\",\"partitionValues\":{},\"size\":1,"
                    + "\"modificationTime\":1,\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":2,"
                    + "\\\"minValues\\\":{\\\"windowEnd\\\":\\\"2026-01-02T13:00:00.000Z\\\"},"
                    + "\\\"maxValues\\\":{\\\"windowEnd\\\":\\\"2026-01-04T13:00:00.000Z\\\"}}\"}}"));

    execute(0, "--keep", GOLD.path() + "=2d");

    // The other rows of that noon, and what is in a file with them, stay too.
    assertThat(expired(GOLD).before()).isEqualTo("2026-01-01T13:00:00Z");
    assertThat(lake.table(GOLD).files()).hasSize(DayLake.DAYS + 1);
  }

  @Test
  void aFileOfGoldThatSpansTheDayStaysWithAllThatHasItsWindows() {
    String[] compact = arguments("--table=" + GOLD.path(), "--older-than=0s", "--min-files=2");
    PrintStream none = print(new ByteArrayOutputStream());
    assertThat(CommandLineRunner.execute(new CompactCommand(), none, System.err, compact)).isZero();
    long version = lake.table(GOLD).version();

    assertThat(execute(0, "--keep", GOLD.path() + "=1d")).contains("nothing up to");

    assertThat(lake.table(GOLD).version()).isEqualTo(version);
  }

  @Test
  void filesStayUntilTheVacuumAndGoThen() throws Exception {
    execute(0, "--keep", "silver=1d");
    assertThat(dataFiles("silver", "2026-01-01")).isNotEmpty();

    String[] vacuum = arguments("--table=silver");
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
    PrintStream none = print(new ByteArrayOutputStream());
    assertThat(CommandLineRunner.execute(new VacuumCommand(later), none, System.err, vacuum))
        .isZero();

    assertThat(dataFiles("silver", "2026-01-01")).isEmpty();
    assertThat(dataFiles("silver", "2026-01-04")).isNotEmpty();
    assertThat(lake.rows(SILVER)).isNotEmpty();
  }

  @Test
  void aDryRunSaysWhatWouldBeRemovedAndWritesNothing() {
    long version = lake.table(SILVER).version();

    assertThat(execute(0, "--keep", "silver=2d", "--dry-run"))
        .containsPattern("silver: 32 rows up to 2026-01-03T00:00:00Z .* would be removed")
        .contains("Nothing was written");

    assertThat(lake.table(SILVER).version()).isEqualTo(version);
  }

  @Test
  void aDryRunOfATableThatTakesNothingButAppendsIsRefusedAsTheRunIs() throws Exception {
    new ForeignWriter(root.resolve("silver"))
        .changeMetadata(
            metadata -> {
              metadata.withObject("/configuration").put("delta.appendOnly", "true");
              return metadata;
            });

    String refused = "silver .*delta.appendOnly, so no row may be removed";
    assertThat(execute(1, "--keep", "silver=2d")).containsPattern(refused);
    assertThat(execute(1, "--keep", "silver=2d", "--dry-run")).containsPattern(refused);
  }

  @Test
  void scriptsGetJson() throws Exception {
    long version = lake.table(SILVER).version();

    JsonNode report =
        new JsonMapper()
            .readTree(execute(0, "--keep", "silver=2d", "--keep", "quarantine=30d", "--json"));

    assertThat(report.at("/tables/0/table").asText()).isEqualTo("silver");
    assertThat(report.at("/tables/0/rows").asLong()).isEqualTo(32);
    assertThat(report.at("/tables/0/version").asLong()).isEqualTo(version + 1);
    assertThat(report.at("/tables/0/before").asText()).isEqualTo("2026-01-03T00:00:00Z");
    assertThat(report.at("/tables/1/rows").asLong()).isZero();
    assertThat(report.at("/tables/1").has("version")).isFalse();
  }

  @Test
  void aTableWithUnknownFeaturesIsRefusedByNameAndTheOthersAreDone() throws Exception {
    new ForeignWriter(root.resolve("bronze"))
        .commit(
            List.of(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                    + "\"writerFeatures\":[\"rowTracking\",\"domainMetadata\"]}}"));

    assertThat(execute(1, "--keep", "bronze=1d", "--keep", "silver=1d"))
        .contains("'rowTracking'")
        .contains("silver: 48 rows");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(execute(2)).contains("--keep is missing");
    assertThat(execute(2, "--keep", "silver")).contains("--keep");
    assertThat(execute(2, "--keep", "silver=soon")).contains("not a length of time");
    assertThat(execute(2, "--keep", "gold=1d")).contains("there is no table 'gold'");
    assertThat(execute(2, "--keep", "gaps=1d")).contains("keeps everything");
    assertThat(execute(2, "--keep", "bronze=12h")).contains("1d at least");
    execute(0, "--help");
  }

  private String execute(int exitCode, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = print(out);
    assertThat(CommandLineRunner.execute(new ExpireCommand(NOON), print, print, arguments(options)))
        .as(() -> out.toString(UTF_8))
        .isEqualTo(exitCode);
    return out.toString(UTF_8);
  }

  private Expired expired(TableDefinition table) {
    return Expired.of(lake.table(table).snapshot());
  }

  private List<String> rowsFrom(TableDefinition table, String firstDay) {
    LocalDate first = LocalDate.parse(firstDay);
    return lake.table(table).rows().stream()
        .filter(row -> !((LocalDate) row.get("eventDate")).isBefore(first))
        .map(CanonicalJson::render)
        .sorted()
        .toList();
  }

  private List<Instant> windowEnds(TableDefinition table) {
    return List.copyOf(
        lake.table(table).rows().stream()
            .map(row -> (Instant) row.get("windowEnd"))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private List<Path> dataFiles(String table, String day) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(table).resolve("eventDate=" + day))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
