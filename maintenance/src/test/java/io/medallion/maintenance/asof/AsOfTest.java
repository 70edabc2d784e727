package io.medallion.maintenance.asof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.lake.TableLocation;
import io.medallion.maintenance.testing.SmallLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each table has the checkpoints 1 and 2, versions 2 and 3; gold takes both last. */
class AsOfTest {

  private static final String GOLD = "gold/weather_by_station";
  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  @TempDir private Path folder;
  private SmallLake lake;

  @BeforeEach
  void twoCheckpoints() throws Exception {
    lake = new SmallLake(folder);
    lake.windows(3);
    lake.events(DAY, 10);
    lake.events(DAY, 5);
    lake.windows(1);
  }

  @Test
  void theNewestCheckpointIsThatOfNow() throws Exception {
    JsonNode now = asOf();

    assertThat(now.path("checkpoint").asLong()).isEqualTo(2);
    assertThat(versions(now)).containsExactly("bronze 3 15", "silver 3 15", GOLD + " 3 4");
    assertThat(now.path("goldUntil").asText()).isEqualTo("2026-01-01T00:00:04Z");
  }

  @Test
  void anOlderCheckpointIsOneOfAllTables() throws Exception {
    assertThat(versions(asOf("--checkpoint=1")))
        .containsExactly("bronze 2 10", "silver 2 10", GOLD + " 2 3");
  }

  @Test
  void aCheckpointThatATableTookAfterTheTimeWasNotThere() throws Exception {
    Instant betweenTheTwo = committed("silver", 3);

    JsonNode then = asOf("--time=" + betweenTheTwo);

    assertThat(then.path("checkpoint").asLong()).isEqualTo(1);
    assertThat(versions(then)).containsExactly("bronze 2 10", "silver 2 10", GOLD + " 2 3");
  }

  @Test
  void whatIsNotKnownIsSaidInOneLine() {
    CommandRun unknown = CommandRun.on(folder, new AsOfCommand(), "--checkpoint=7");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("no complete checkpoint 7").hasLineCount(1);

    CommandRun before = CommandRun.on(folder, new AsOfCommand(), "--time=2020-01-01");
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.err()).contains("up to 2020-01-01T00:00:00Z");

    assertThat(CommandRun.on(folder + "/none", new AsOfCommand()).exitCode()).isEqualTo(2);
    assertThat(
            CommandRun.on(folder, new AsOfCommand(), "--checkpoint=1", "--time=2026-01-01")
                .exitCode())
        .isEqualTo(2);
  }

  @Test
  void aLogThatWasCleanedUpTellsNoOldCheckpoint() throws Exception {
    TableLocation bronze = lake.lake().location(SmallLake.WEATHER.bronze());
    bronze.newest(bronze.engine()).orElseThrow().writeCheckpoint(bronze.engine());
    for (int version = 0; version <= 2; version++) {
      Files.delete(folder.resolve("bronze/_delta_log/%020d.json".formatted(version)));
    }

    CommandRun gone = CommandRun.on(folder, new AsOfCommand(), "--checkpoint=1");

    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("logs do not tell it any more");
    assertThat(versions(asOf())).contains("bronze 3 15");
  }

  @Test
  void theStatementsNameFolderAndVersion() {
    String text = CommandRun.on(folder, new AsOfCommand(), "--checkpoint=1").done().out();

    assertThat(text)
        .contains(
            "SELECT * FROM delta.`file://%s/silver` VERSION AS OF 2;".formatted(folder),
            "SELECT * FROM delta_scan('file://%s/silver', version => 2);".formatted(folder),
            "DeltaLake.Table(LakeFolder(\"silver\"), [Version = 2])");
  }

  private JsonNode asOf(String... options) throws IOException {
    String[] all = Stream.concat(Stream.of(options), Stream.of("--json")).toArray(String[]::new);
    return new JsonMapper().readTree(CommandRun.on(folder, new AsOfCommand(), all).done().out());
  }

  private static List<String> versions(JsonNode report) {
    return StreamSupport.stream(report.path("tables").spliterator(), false)
        .map(
            table ->
                "%s %d %d"
                    .formatted(
                        table.path("table").asText(),
                        table.path("version").asLong(),
                        table.path("rows").asLong()))
        .toList();
  }

  /** When the sink of a table committed a version. */
  private Instant committed(String table, long version) throws IOException {
    Path commit = folder.resolve(table).resolve("_delta_log/%020d.json".formatted(version));
    for (String line : Files.readAllLines(commit)) {
      JsonNode txn = new JsonMapper().readTree(line).path("txn");
      if (!txn.isMissingNode()) {
        return Instant.ofEpochMilli(txn.path("lastUpdated").asLong());
      }
    }
    throw new AssertionError("No txn in " + commit);
  }
}
