package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.audit.AuditCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the tables hold, read from them alone. */
final class LakeTables {

  private final Path folder;

  LakeTables(Path folder) {
    this.folder = folder;
  }

  /** Of the newest checkpoint that all tables have. */
  long bronzeRows() throws InterruptedException {
    LakeVersion version = open();
    return version.rows(version.definitions().bronze());
  }

  /** Whether every table has rows but the one of gaps, of which there are none. */
  boolean allFilled() throws InterruptedException {
    LakeVersion version = open();
    return version.definitions().all().stream()
        .filter(table -> !table.equals(version.definitions().gaps()))
        .allMatch(table -> version.rows(table) > 0);
  }

  private LakeVersion open() throws InterruptedException {
    return Lake.at(folder.toString()).open();
  }

  /**
   * Nothing is lost and nothing is there twice: the audit holds, and the tables have exactly as
   * many rows of each kind as the generators say that the broker took. All windows must be closed.
   */
  void assertHoldExactly(JsonNode... sent) throws IOException {
    JsonNode report = audit();
    assertThat(rows(report, "bronze")).isEqualTo(count(sent, "acknowledged"));
    assertThat(rows(report, "silver")).isEqualTo(count(sent, "onTime") + count(sent, "late"));
    assertThat(rows(report, "quarantine"))
        .isEqualTo(count(sent, "invalid") + count(sent, "future"));
    assertThat(rows(report, "late")).isEqualTo(count(sent, "late"));
    assertThat(rows(report, "gold/weather_by_station")).isPositive();
    assertThat(rows(report, "gold/weather_summary")).isPositive();
  }

  /** The report of {@code medallion audit}, of which all checks must hold. */
  JsonNode audit() throws IOException {
    CommandRun audit = CommandRun.on(folder, new AuditCommand(), "--json");
    return new JsonMapper().readTree(audit.done().out());
  }

  private static long rows(JsonNode report, String table) {
    return report.path("tables").path(table).path("rows").longValue();
  }

  private static long count(JsonNode[] sent, String kind) {
    return Stream.of(sent).mapToLong(each -> each.path(kind).longValue()).sum();
  }
}
