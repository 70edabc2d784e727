package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.maintenance.audit.AuditMain;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;

/** What the tables hold, read from them alone. */
final class LakeTables {

  private final Path folder;

  LakeTables(Path folder) {
    this.folder = folder;
  }

  /** Of the newest checkpoint that all tables have. */
  long bronzeRows() throws InterruptedException {
    return open().rows(TableKind.BRONZE);
  }

  /** Whether every table has rows but the one of gaps, of which there are none. */
  boolean allFilled() throws InterruptedException {
    LakeVersion version = open();
    return EnumSet.complementOf(EnumSet.of(TableKind.GAPS)).stream()
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
    assertThat(rows(report, TableKind.BRONZE)).isEqualTo(count(sent, "acknowledged"));
    assertThat(rows(report, TableKind.SILVER))
        .isEqualTo(count(sent, "onTime") + count(sent, "late"));
    assertThat(rows(report, TableKind.QUARANTINE))
        .isEqualTo(count(sent, "invalid") + count(sent, "future"));
    assertThat(rows(report, TableKind.LATE)).isEqualTo(count(sent, "late"));
    assertThat(rows(report, TableKind.BY_STATION)).isPositive();
    assertThat(rows(report, TableKind.SUMMARY)).isPositive();
  }

  /** The report of {@code medallion audit}, of which all checks must hold. */
  JsonNode audit() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        AuditMain.execute(
            new String[] {"--lake", folder.toString(), "--json"}, print(out), print(err));
    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(() -> report + err.toString(StandardCharsets.UTF_8)).isZero();
    return new JsonMapper().readTree(report);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static long rows(JsonNode report, TableKind table) {
    return report.path("tables").path(table.path()).path("rows").longValue();
  }

  private static long count(JsonNode[] sent, String kind) {
    return Stream.of(sent).mapToLong(each -> each.path(kind).longValue()).sum();
  }
}
