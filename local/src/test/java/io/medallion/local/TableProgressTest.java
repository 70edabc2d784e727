package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableProgressTest {

  private static final String TABLE =
      """
      {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
      {"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"a\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{},"createdTime":0}}
      """;

  @TempDir private Path table;
  private Path log;

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createDirectories(table.resolve("_delta_log"));
  }

  @Test
  void rowsAreTheSumOfTheFilesInTheLog() throws IOException {
    TableProgress progress = TableProgress.open(table.resolve("later"));
    progress.refresh();
    assertThat(progress.rows()).isZero();
    assertThat(progress.lastCommit()).isEmpty();

    log = Files.createDirectories(table.resolve("later/_delta_log"));
    commit(0, TABLE);
    commit(1, add("a", 10) + add("b", 5));
    progress.refresh();
    assertThat(progress.rows()).isEqualTo(15);
    assertThat(progress.lastCommit()).isPresent();

    commit(2, add("c", 1));
    progress.refresh();
    assertThat(progress.rows()).isEqualTo(16);
  }

  @Test
  void whatTheTableHeldBeforeIsCounted() throws IOException {
    commit(0, TABLE);
    commit(1, add("a", 10) + add("b", 5));
    commit(2, remove("a"));

    TableProgress progress = TableProgress.open(table);
    assertThat(progress.rows()).isEqualTo(5);
    assertThat(progress.lastCommit()).as("commits of this run").isEmpty();

    commit(3, add("c", 1));
    progress.refresh();
    assertThat(progress.rows()).isEqualTo(6);
  }

  @Test
  void aRewriteOfFilesChangesNoCount() throws IOException {
    commit(0, TABLE);
    commit(1, add("a", 10) + add("b", 5));
    TableProgress progress = TableProgress.open(table);

    commit(2, remove("a") + remove("b") + add("compacted", 15));
    progress.refresh();

    assertThat(progress.rows()).isEqualTo(15);
  }

  @Test
  void aHalfWrittenCommitIsReadOnceItIsWhole() throws IOException {
    commit(0, TABLE);
    TableProgress progress = TableProgress.open(table);

    String whole = add("a", 10);
    commit(1, whole.substring(0, 20));
    progress.refresh();
    assertThat(progress.rows()).isZero();

    commit(1, whole);
    progress.refresh();
    assertThat(progress.rows()).isEqualTo(10);
  }

  @Test
  void aBrokenCommitInTheMiddleOfTheLogIsAnError() throws IOException {
    commit(0, TABLE);
    TableProgress progress = TableProgress.open(table);
    commit(1, "{\"add\":");
    commit(2, add("a", 1));

    assertThatThrownBy(progress::refresh)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("00000000000000000001.json");
  }

  @Test
  void theFirstIngestedTimeIsThatOfThisRun() throws IOException {
    commit(0, TABLE);
    commit(1, addIngested("a", "2026-01-01T00:00:00.000Z"));
    TableProgress progress = TableProgress.open(table);
    assertThat(progress.firstIngestedTime()).isEmpty();

    commit(2, addIngested("b", "2026-01-02T00:00:05.123456Z"));
    commit(3, addIngested("c", "2026-01-02T00:00:04.5+00:00"));
    progress.refresh();

    assertThat(progress.firstIngestedTime()).contains(Instant.parse("2026-01-02T00:00:04.500Z"));
  }

  @Test
  void rowsThatCompactionMovedWereNotIngestedByThisRun() throws IOException {
    commit(0, TABLE);
    commit(1, addIngested("a", "2026-01-01T00:00:00.000Z"));
    TableProgress progress = TableProgress.open(table);

    commit(2, addIngested("b", "2026-01-02T00:00:05.000Z"));
    commit(
        3,
        (remove("a") + addIngested("compacted", "2026-01-01T00:00:00.000Z"))
            .replace("\"dataChange\":true", "\"dataChange\":false"));
    progress.refresh();

    assertThat(progress.rows()).isEqualTo(2);
    assertThat(progress.firstIngestedTime()).contains(Instant.parse("2026-01-02T00:00:05Z"));
  }

  private void commit(long version, String actions) throws IOException {
    Files.writeString(log.resolve(CommitFile.name(version)), actions);
  }

  private static String add(String path, long rows) {
    return """
        {"add":{"path":"%s","partitionValues":{},"size":1,"modificationTime":0,"dataChange":true,"stats":"{\\"numRecords\\":%d}"}}
        """
        .formatted(path, rows);
  }

  private static String addIngested(String path, String time) {
    return """
        {"add":{"path":"%s","partitionValues":{},"size":1,"modificationTime":0,"dataChange":true,"stats":"{\\"numRecords\\":1,\\"minValues\\":{\\"ingestedTime\\":\\"%s\\"}}"}}
        """
        .formatted(path, time);
  }

  private static String remove(String path) {
    return """
        {"remove":{"path":"%s","deletionTimestamp":0,"dataChange":true}}
        """
        .formatted(path);
  }
}
