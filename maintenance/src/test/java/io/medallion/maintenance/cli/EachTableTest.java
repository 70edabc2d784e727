package io.medallion.maintenance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.compact.CompactCommand;
import io.medallion.maintenance.testing.SmallLake;
import io.medallion.maintenance.vacuum.VacuumCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts read of each table what a person would, and nothing else is printed. */
class EachTableTest {

  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));

  @TempDir private Path folder;

  @BeforeEach
  void threeSmallFilesOfADay() throws Exception {
    SmallLake lake = new SmallLake(folder);
    for (int i = 0; i < 3; i++) {
      lake.events(LocalDate.parse("2026-01-01"), 4);
    }
  }

  @Test
  void aPlanAndAResultHaveTheSameFigures() throws Exception {
    String[] options = {"--table=silver", "--min-files=2", "--json"};

    JsonNode planned = json(compact("--dry-run", options));
    JsonNode done = json(compact("--quiet", options));

    assertThat(planned.path("dryRun").asBoolean()).isTrue();
    assertThat(done.path("dryRun").asBoolean()).isFalse();
    for (JsonNode report : new JsonNode[] {planned, done}) {
      JsonNode table = report.path("tables").get(0);
      assertThat(table.path("table").asText()).isEqualTo("silver");
      assertThat(table.path("partitions").asInt()).isEqualTo(1);
      assertThat(table.path("filesBefore").asInt()).isEqualTo(3);
      assertThat(table.path("filesAfter").asInt()).isEqualTo(1);
      assertThat(table.path("rows").asInt()).isEqualTo(12);
    }
    assertThat(planned.path("tables").get(0).has("version")).isFalse();
    assertThat(done.path("tables").get(0).path("version").asInt()).isEqualTo(5);
  }

  @Test
  void aVacuumCountsFilesAndBytesByCause() throws Exception {
    compact("--quiet", "--table=silver", "--min-files=2").done();

    JsonNode table =
        json(CommandRun.on(folder, new VacuumCommand(LATER), "--table=silver", "--json"))
            .path("tables")
            .get(0);

    assertThat(table.path("deletedFiles").asInt()).isEqualTo(3);
    assertThat(table.path("keptFiles").asInt()).isEqualTo(1);
    assertThat(table.path("causes").properties())
        .extracting(cause -> cause.getValue().path("files").asInt())
        .containsExactlyInAnyOrder(3, 1);
  }

  private CommandRun compact(String first, String... more) {
    String[] options = Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    return CommandRun.on(folder, new CompactCommand(LATER), options);
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new JsonMapper().readTree(run.done().out());
  }
}
