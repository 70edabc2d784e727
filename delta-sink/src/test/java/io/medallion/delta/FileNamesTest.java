package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.internal.InternalScanFileUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data file's name tells the run, the checkpoint it was begun after, and the subtask. */
class FileNamesTest {

  private static final Pattern NAME =
      Pattern.compile(
          "part-(?<epoch>[0-9a-f]{8})-(?<after>after\\d+)-(?<subtask>\\d{5})-\\d+-\\d+"
              + "-[0-9a-f]{8}-[0-9a-f]{4}\\.zstd\\.parquet");

  @TempDir Path folder;
  private Numbers numbers;

  @BeforeEach
  void start() {
    numbers = new Numbers("names", folder);
  }

  @Test
  void aFileIsNamedAfterTheBarrierThatPassedBeforeItWasBegun() throws Exception {
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 1)) {
      writeOne(job);
      writeOne(job);
      job.barrier();
      writeOne(job);
      job.write(1);
      job.end();
    }
    assertThat(parts("after")).containsExactly("after0", "after1", "after3", "after4");
  }

  @Test
  void afterARestoreItIsTheRestoredCheckpointUnderTheEpochOfTheRun() throws Exception {
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 1)) {
      writeOne(job);
      job.failover();
      writeOne(job);
      job.resubmit(numbers.sink(), 1, job.completed());
      writeOne(job);
    }
    assertThat(parts("after")).containsExactly("after0", "after1", "after2");
    List<String> epochs = parts("epoch");
    assertThat(epochs.get(1)).isEqualTo(epochs.get(0)).isNotEqualTo(epochs.get(2));
  }

  @Test
  void theSubtaskIsTheOneThatWroteTheFile() throws Exception {
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 3)) {
      job.write(3);
      job.checkpoint();
    }
    assertThat(parts("subtask")).containsExactlyInAnyOrder("00000", "00001", "00002");
  }

  private static void writeOne(SinkSimulation job) throws Exception {
    job.write(1);
    job.checkpoint();
  }

  /** A part of the names of the table's files, in the order in which they were begun. */
  private List<String> parts(String group) {
    return numbers.table().files().stream()
        .map(InternalScanFileUtils::getAddFileStatus)
        .map(file -> new org.apache.hadoop.fs.Path(file.getPath()).getName())
        .map(NAME::matcher)
        .peek(name -> assertThat(name.matches()).as(name.toString()).isTrue())
        .sorted((a, b) -> a.group("after").compareTo(b.group("after")))
        .map(name -> name.group(group))
        .toList();
  }
}
