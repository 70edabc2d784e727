package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of gold at a commit every 10 s, each one small file: a whole day in the chaos profile.
 */
class CompactedDayTest {

  private static final int COMMITS = Boolean.getBoolean("medallion.chaos") ? 8_640 : 400;
  private static final int MOST_FILES = 100;
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(10);

  /** What a commit costs if no merge came before it; see {@link CommitCostTest}. */
  private static final int OPERATIONS = 9;

  @TempDir private Path folder;

  @Test
  void thereAreNeverMoreThanAHundredFilesAndACommitCostsTheSame() throws Exception {
    Numbers numbers = new Numbers("day", folder);
    DeltaSink<Long> sink =
        numbers
            .builder()
            .partitionedBy()
            .tableProperty("delta.checkpointInterval", "50")
            .compaction(MOST_FILES, MemorySize.ofMebiBytes(128))
            .build();
    try (CompactedJob job = new CompactedJob(sink)) {
      for (int commit = 1; commit <= COMMITS; commit++) {
        numbers.faults().forgetOperations();
        job.commit(1);
        List<Operation> operations = numbers.faults().operations();
        if (operations.stream().noneMatch(o -> o.kind().equals("list"))) {
          assertThat(operations).as("commit %d", commit).hasSize(OPERATIONS);
        }
        long files = job.gauge("liveFiles");
        assertThat(files).isLessThan(MOST_FILES);
        boolean merged = job.merge();
        job.pass(BETWEEN_COMMITS);
        if (merged || commit % 100 == 0) {
          assertThat(job.gauge("liveFiles")).isEqualTo(numbers.table().files().size());
        }
      }
      assertThat(job.counter("numCompactions")).isGreaterThanOrEqualTo(COMMITS / MOST_FILES);
      assertThat(job.counter("numCompactionFailures")).isZero();
      assertThat(job.counter("numCommitRetries")).isZero();
    }
    numbers.assertHoldsNumbersBelow(COMMITS);
  }
}
