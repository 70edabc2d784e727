package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.medallion.cli.CommandLineRunner;
import io.medallion.delta.ForeignWriter;
import io.medallion.maintenance.expire.ExpireCommand;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.redrive.RedriveCommand;
import io.medallion.maintenance.testing.DayLake;
import io.medallion.maintenance.testing.OnDayLake;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four days of all tables, 1 to 4 January; it is noon of the fifth. */
class AuditAfterExpiryTest extends OnDayLake {

  private static final String ALIKE =
      "bronze=2d silver=2d quarantine=2d late=2d gold/weather_by_station=2d gold/weather_summary=2d";

  @Test
  void beforeAnythingIsRemovedAllIsAudited() throws Exception {
    JsonNode report = audit(0);

    assertThat(count(report, "events-accounted", "bronze")).isEqualTo(80);
    assertThat(count(report, "events-accounted", "silver")).isEqualTo(64);
    assertThat(count(report, "events-accounted", "quarantine")).isEqualTo(8);
    assertThat(count(report, "events-accounted", "duplicates")).isEqualTo(8);
    assertThat(count(report, "events-accounted", "not judged")).isZero();
    assertThat(count(report, "gold-counts", "in gold")).isEqualTo(56);
    assertThat(count(report, "gold-counts", "late")).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALIKE,
        "bronze=2d silver=3d",
        "bronze=2d quarantine=1d late=1d",
        "silver=1d",
        "silver=2d bronze=3d",
        "quarantine=2d",
        "late=2d",
        "gold/weather_by_station=1d gold/weather_summary=3d silver=2d",
        "silver=1d gold/weather_by_station=3d gold/weather_summary=3d",
        "bronze=1d silver=1d quarantine=1d late=1d"
      })
  void itHoldsWhateverWasRemovedFirst(String keep) throws Exception {
    expire(keep);

    JsonNode report = audit(0);

    for (String table : keep.replaceAll("=\\d+d", "").split(" ", -1)) {
      assertThat(report.path("tables").path(table).has("expiredBefore")).as(table).isTrue();
    }
  }

  @Test
  void itHoldsWhenMoreIsRemovedLater() throws Exception {
    expire(ALIKE.replace("2d", "3d"));
    audit(0);
    expire(ALIKE);

    JsonNode report = audit(0);

    // The last two days of events, and of the last hour before only what arrived the day after.
    assertThat(count(report, "events-accounted", "silver")).isEqualTo(32);
    assertThat(count(report, "events-accounted", "lost")).isZero();
    assertThat(count(report, "gold-counts", "silver")).isEqualTo(32);
    assertThat(count(report, "gold-counts", "closed windows")).isEqualTo(6);
  }

  @Test
  void rowsThatSilverLostAreFound() throws Exception {
    expire(ALIKE);
    lose("silver", "2026-01-03");

    assertThat(broken(audit(1))).contains("events-accounted", "gold-counts");
  }

  @Test
  void rowsThatBronzeLostAreFoundRightAfterWhatWasRemoved() throws Exception {
    expire(ALIKE);
    lose("bronze", "2026-01-03");

    assertThat(broken(audit(1))).containsExactly("events-accounted");
  }

  @Test
  void rowsThatBronzeLostAreAGapWhereOtherTablesKeepNothing() throws Exception {
    expire("bronze=2d silver=1d quarantine=1d late=1d");
    lose("bronze", "2026-01-04");

    assertThat(broken(audit(1))).contains("bronze-offsets");
  }

  @Test
  void eventsThatQuarantineLostAreFound() throws Exception {
    expire(ALIKE);
    lose("quarantine", "2026-01-04");

    assertThat(broken(audit(1))).containsExactly("events-accounted");
  }

  @Test
  void lateRowsThatWereLostAreFound() throws Exception {
    expire(ALIKE);
    lose("late", "2026-01-03");

    assertThat(broken(audit(1))).contains("gold-counts");
  }

  @Test
  void rowsThatGoldLostAreFound() throws Exception {
    expire(ALIKE);
    loseFile("gold/weather_by_station", 1);

    assertThat(broken(audit(1))).contains("gold-counts", "gold-summary");
  }

  /** As of a job that died after it had committed the last checkpoint to bronze alone. */
  @Test
  void aJobThatDiedBetweenTwoCommitsIsAuditedAsOfTheCheckpointBefore() throws Exception {
    for (TableDefinition table : SmallLake.WEATHER.all()) {
      if (!table.equals(SmallLake.WEATHER.bronze())) {
        Path newest = new ForeignWriter(root.resolve(table.path())).logEntry(6);
        Files.delete(newest);
        Files.deleteIfExists(newest.resolveSibling("." + newest.getFileName() + ".crc"));
        Files.deleteIfExists(
            newest.resolveSibling(newest.getFileName().toString().replace("json", "crc")));
      }
    }
    expire("bronze=2d");

    assertThat(audit(0).path("checkpoint").asLong()).isEqualTo(DayLake.DAYS);
  }

  /** By somebody, and not because it was old. */
  @Test
  void daysThatWereDeletedWithoutANoteAreFound() throws Exception {
    lose("silver", "2026-01-01");

    assertThat(broken(audit(1))).contains("events-accounted");
  }

  @Test
  void redriveAddsNothingToDaysThatSilverHasNoMore() throws Exception {
    expire("bronze=1d silver=2d late=2d");

    JsonNode first = redrive();
    JsonNode second = redrive();

    assertThat(first.at("/all/added").asLong()).isEqualTo(2 * DayLake.PARTITIONS);
    assertThat(first.at("/all/expired").asLong()).isEqualTo(2 * DayLake.PARTITIONS);
    assertThat(second.at("/all/added").asLong()).isZero();
    assertThat(second.at("/all/present").asLong()).isEqualTo(2 * DayLake.PARTITIONS);
    audit(0);
    expire("bronze=1d silver=2d quarantine=1d late=1d");
    audit(0);
  }

  @Test
  void redriveDoesNotAddToLateAgainWhatWasRemovedThere() throws Exception {
    redrive();
    expire("late=1d");
    int rows = lake.table(SmallLake.WEATHER.late()).rows().size();

    assertThat(redrive().has("lateVersion")).isFalse();

    assertThat(lake.table(SmallLake.WEATHER.late()).rows()).hasSize(rows);
    audit(0);
  }

  private JsonNode redrive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] arguments = arguments("--set", "rule.humidity.range=0..105", "--json");
    assertThat(CommandLineRunner.execute(new RedriveCommand(), print(out), System.err, arguments))
        .isZero();
    return new JsonMapper().readTree(out.toString(UTF_8));
  }

  private void expire(String keep) {
    String[] options = Stream.of(keep.split(" ", -1)).map("--keep="::concat).toArray(String[]::new);
    int exitCode =
        CommandLineRunner.execute(
            new ExpireCommand(NOON),
            print(new ByteArrayOutputStream()),
            System.err,
            arguments(options));
    assertThat(exitCode).isZero();
  }

  private JsonNode audit(int exitCode) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int actual =
        CommandLineRunner.execute(new AuditCommand(), print(out), System.err, arguments("--json"));
    assertThat(actual).as(() -> out.toString(UTF_8)).isEqualTo(exitCode);
    return new JsonMapper().readTree(out.toString(UTF_8));
  }

  private static long count(JsonNode report, String check, String what) {
    return StreamSupport.stream(report.path("checks").spliterator(), false)
        .filter(node -> node.path("name").asText().equals(check))
        .findFirst()
        .orElseThrow()
        .at("/counts/" + what)
        .asLong(-1);
  }

  private static List<String> broken(JsonNode report) {
    return StreamSupport.stream(report.path("checks").spliterator(), false)
        .filter(node -> !node.path("holds").asBoolean())
        .map(node -> node.path("name").asText())
        .toList();
  }

  /** Removes the files of a day, as a stranger's hand would. */
  private void lose(String table, String day) throws IOException {
    remove(
        table,
        files(table).stream()
            .filter(file -> InternalScanFileUtils.getPartitionValues(file).containsValue(day))
            .toList());
  }

  private void loseFile(String table, int number) throws IOException {
    remove(table, List.of(files(table).get(number)));
  }

  private List<Row> files(String table) {
    return lake.table(SmallLake.WEATHER.ofPath(table).orElseThrow()).files();
  }

  private void remove(String table, List<Row> files) throws IOException {
    assertThat(files).isNotEmpty();
    new ForeignWriter(root.resolve(table))
        .commit(
            files.stream()
                .map(
                    file ->
                        "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}"
                            .formatted(
                                file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)
                                    .getString(0)))
                .toList());
  }
}
