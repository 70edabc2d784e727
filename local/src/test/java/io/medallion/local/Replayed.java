package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.delta.testing.CanonicalJson;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A lake and what {@code medallion replay} made of it, in this process. */
record Replayed(Path lake, Path into, int exitCode, String out, String err) {

  static Replayed replay(Path lake, Path into, String... options) {
    List<String> all = new ArrayList<>(List.of("--json", "--into", into.toString()));
    all.addAll(List.of(options));
    ReplayCommand command = new ReplayCommand(Path.of("..", "flink-conf"));
    CommandRun run = CommandRun.on(lake, command, all.toArray(String[]::new));
    return new Replayed(lake, into, run.exitCode(), run.out(), run.err());
  }

  Replayed assertDone() {
    assertThat(exitCode).as(err).isZero();
    return this;
  }

  /** All tables of the replay have the rows of the lake, every column of them. */
  Replayed assertSameRows() {
    return assertSameRows(
        Lake.at(lake.toString()).tables().all().stream()
            .map(TableDefinition::path)
            .toArray(String[]::new));
  }

  Replayed assertSameRows(String... tables) {
    for (String table : tables) {
      List<String> replayed = comparable(into, table);
      List<String> streamed = comparable(lake, table);
      assertThat(without(replayed, streamed))
          .as("rows that only the replay has of " + table)
          .isEmpty();
      assertThat(without(streamed, replayed)).as("rows that it lacks of " + table).isEmpty();
      assertThat(replayed).as("rows of " + table).hasSameSizeAs(streamed);
    }
    return this;
  }

  void assertAuditHolds() {
    Audited.audit(new LakeCopy(into)).assertHolds();
  }

  long rows(String table) throws IOException {
    return count(table, "replayed");
  }

  long rowsBefore(String table) throws IOException {
    return count(table, "rows");
  }

  private long count(String table, String what) throws IOException {
    JsonNode tables = new JsonMapper().readTree(out).path("tables");
    assertThat(tables.has(table)).as(out).isTrue();
    return tables.path(table).path(what).longValue();
  }

  static List<Map<String, Object>> table(Path lake, String table) {
    return new DeltaTable(LakeFolder.uri(lake.resolve(table))).rows();
  }

  /** The first of them. */
  private static List<String> without(List<String> rows, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return rows.stream().filter(row -> !known.contains(row)).limit(3).toList();
  }

  private static List<String> comparable(Path lake, String table) {
    return table(lake, table).stream().map(CanonicalJson::render).toList();
  }
}
