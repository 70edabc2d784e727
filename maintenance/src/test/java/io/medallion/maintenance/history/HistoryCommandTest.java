package io.medallion.maintenance.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandLineRunner;
import io.medallion.delta.ForeignWriter;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.testing.SmallLake;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gold has versions 0 and 1, of its creation and of the job that owns it, and one a commit. */
class HistoryCommandTest {

  private static final String GOLD = "gold/weather_by_station";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() throws Exception {
    SmallLake lake = new SmallLake(folder);
    lake.windows(2);
    lake.windows(3);
    lake.events(LocalDate.parse("2026-01-01"), 4);
  }

  @Test
  void aVersionHasItsCheckpointRowsFilesAndBytes() throws Exception {
    JsonNode gold = history("--table", GOLD).get(0);

    assertThat(gold.path("table").asText()).isEqualTo(GOLD);
    assertThat(gold.path("version").asLong()).isEqualTo(3);
    assertThat(gold.path("rows").asLong()).isEqualTo(5);
    assertThat(gold.path("files").asLong()).isEqualTo(2);
    assertThat(gold.path("filesBySize").path("< 64.0 KiB").asLong()).isEqualTo(2);
    assertThat(gold.path("versions").findValuesAsText("version"))
        .containsExactly("3", "2", "1", "0");
    JsonNode newest = gold.path("versions").get(0);
    assertThat(newest.path("operation").asText()).isEqualTo("STREAMING UPDATE");
    assertThat(newest.path("checkpoint").asLong()).isEqualTo(2);
    assertThat(newest.path("added").path("rows").asLong()).isEqualTo(3);
    assertThat(newest.path("added").path("files").asLong()).isEqualTo(1);
    assertThat(newest.path("added").path("bytes").asLong() + bytes(gold, 1))
        .isEqualTo(gold.path("bytes").asLong())
        .isEqualTo(bytesOnDisk());
    assertThat(gold.path("versions").get(3).path("changesTable").asBoolean()).isTrue();
    assertThat(gold.path("versions").get(3).has("checkpoint")).isFalse();
  }

  private static long bytes(JsonNode table, int version) {
    return table.path("versions").get(version).path("added").path("bytes").asLong();
  }

  private long bytesOnDisk() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve(GOLD))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void aVersionThatOnlyMovesRowsIsToldFromOneThatChangesThem() throws Exception {
    ForeignWriter writer = new ForeignWriter(folder.resolve(GOLD));
    writer.optimizeAndVacuum();
    writer.deleteAll();

    JsonNode versions = history("--table", GOLD).get(0).path("versions");
    assertThat(versions.get(0).path("changesRows").asBoolean()).isTrue();
    assertThat(versions.get(1).path("changesRows").asBoolean()).isFalse();
    assertThat(versions.get(1).path("removed").path("rows").isNull()).isTrue();
    assertThat(text("--table", GOLD)).contains("same rows").contains("FOREIGN");
  }

  @Test
  void ofALogThatWasCleanedUpTheRestIsListed() throws Exception {
    new DeltaTable("file://" + folder.resolve(GOLD)).writeCheckpoint();
    ForeignWriter writer = new ForeignWriter(folder.resolve(GOLD));
    for (long version = 0; version < 3; version++) {
      Files.delete(writer.logEntry(version));
    }

    assertThat(history("--table", GOLD).get(0).path("versions").findValuesAsText("version"))
        .containsExactly("3");
  }

  @Test
  void allTablesThatThereAreAreListedForPeopleToo() throws Exception {
    String text = text("--last", "1");

    assertThat(text)
        .contains("bronze: version 2, 4 rows, 1 files")
        .contains("silver: version 2, 4 rows, 1 files")
        .contains(GOLD + ": version 3, 5 rows, 2 files")
        .contains("files by size: < 64.0 KiB: 2, < 1.0 MiB: 0")
        .containsPattern("3 +\\S+Z +STREAMING UPDATE +2 +\\+3 +\\+1 ")
        .doesNotContain("quarantine");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(execute("--table", "gold")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no table 'gold'").contains(GOLD);
    assertThat(execute("--last", "0")).isEqualTo(2);
    assertThat(
            CommandLineRunner.execute(
                new HistoryCommand(),
                print(out),
                print(err),
                new String[] {"--lake", folder + "/none"}))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--lake must name the folder");
  }

  private JsonNode history(String... options) throws Exception {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = "--json";
    return new JsonMapper().readTree(text(all));
  }

  private String text(String... options) {
    out.reset();
    assertThat(execute(options)).as(() -> err.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }

  private int execute(String... options) {
    String[] arguments =
        Stream.concat(Stream.of("--lake", folder.toString()), Stream.of(options))
            .toArray(String[]::new);
    return CommandLineRunner.execute(new HistoryCommand(), print(out), print(err), arguments);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
