package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.SinkFiles.Fate;
import io.medallion.delta.fault.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Files that no version refers to, left by real runs of the sink. */
class SinkFilesTest {

  @TempDir private Path folder;
  private Path even;
  private Numbers numbers;
  private SinkSimulation job;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    even = folder.resolve(name).resolve("parity=even");
    numbers = new Numbers(name, folder);
    job = new SinkSimulation(numbers.sink(), 1);
    job.write(1);
    job.checkpoint();
  }

  @AfterEach
  void stop() {
    job.close();
  }

  @Test
  void aFileThatIsBeingWrittenIsPending() throws Exception {
    job.write(2);

    assertThat(fates()).containsExactly(Fate.PENDING);
  }

  @Test
  void aFileInACheckpointThatIsNotCommittedYetIsPending() throws Exception {
    job.write(2);
    long checkpoint = job.barrier();

    assertThat(fates()).containsExactly(Fate.PENDING);
    job.complete(checkpoint);
    assertThat(fates()).isEmpty();
  }

  @Test
  void aFileOfAFailedAttemptIsSettledOnceTheNextOneHasCommitted() throws Exception {
    // Its barrier passes, so its files are whole; the checkpoint never completes.
    job.write(2);
    job.barrier();
    job.failover();
    assertThat(fates()).containsExactly(Fate.PENDING);

    job.write(2);
    job.checkpoint();

    assertThat(fates()).containsExactly(Fate.SETTLED);
  }

  @Test
  void aFileInARestoredCheckpointIsPendingUntilItIsCommitted() throws Exception {
    job.write(2);
    long checkpoint = job.barrier();
    job.completeWithoutNotice(checkpoint);
    assertThat(fates()).containsExactly(Fate.PENDING);

    job.resubmit(numbers.sink(), 1, job.completed());

    assertThat(fates()).isEmpty();
    numbers.assertHoldsNumbersBelow(3);
  }

  @Test
  void aFileOfARunThatWasPutBackIsSupersededAndThatOfTheNewRunPending() throws Exception {
    SinkSimulation.Checkpoint first = job.completed();
    job.write(2);
    job.checkpoint();
    job.write(2);
    job.barrier();
    assertThat(fates()).containsExactly(Fate.PENDING);

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first);
    job.write(2);

    // Of the first run: one that was taken out of the table, and one that never was in it.
    assertThat(fates()).containsExactlyInAnyOrder(Fate.SETTLED, Fate.SUPERSEDED, Fate.PENDING);
  }

  @Test
  void aFileOfAnotherWriterIsUnknown() throws Exception {
    Files.writeString(even.resolve("part-0000.parquet"), "");
    Files.writeString(even.resolve("part-optimize-after0-00000-0-0-a.zstd.parquet"), "");
    Files.writeString(even.resolve("part-01234567-after0-00000-0-0-a.zstd.parquet"), "");

    assertThat(fates()).containsExactly(Fate.UNKNOWN, Fate.UNKNOWN, Fate.UNKNOWN);
  }

  /** Of the files for even numbers that the newest version does not refer to. */
  private List<Fate> fates() throws IOException {
    SinkFiles files =
        SinkFiles.of(
            numbers.table().snapshot(), numbers.path(), "flink", FaultFileSystem.settings());
    List<String> live =
        numbers.table().files().stream()
            .map(io.delta.kernel.internal.InternalScanFileUtils::getAddFileStatus)
            .map(file -> new org.apache.hadoop.fs.Path(file.getPath()).getName())
            .toList();
    try (Stream<Path> all = Files.list(even)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !live.contains(name))
          .map(files::fate)
          .toList();
    }
  }
}
