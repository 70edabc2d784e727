package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit costs in storage operations, and that it does not grow with the log. */
class CommitCostTest {

  /** A data file: made, written, closed, and its size held against what was written. */
  private static final List<String> DATA_FILE =
      List.of("create data file", "write data file", "close data file", "status data file");

  /** A commit by Delta's Azure log store: temporary file, then a rename that does not replace. */
  private static final List<String> COMMIT =
      List.of(
          "create .N.json.#.tmp",
          "write .N.json.#.tmp",
          "close .N.json.#.tmp",
          "rename N.json",
          "status N.json");

  private static final int COMMITS = Boolean.getBoolean("medallion.chaos") ? 10_000 : 1_000;

  @TempDir Path folder;

  @Test
  void aCommitIsAFixedSetOfOperationsHoweverLongTheLog() throws Exception {
    Numbers numbers = new Numbers("cost", folder);
    // Without log checkpoints, which begin the log anew and come at a moment of their own.
    DeltaSink<Long> sink =
        numbers.builder().tableProperty("delta.checkpointInterval", "1000000").build();
    try (SinkSimulation job = new SinkSimulation(sink, 1)) {
      commit(job, 9);
      assertThat(operationsOfACommit(numbers, job)).isEqualTo(expected());
      assertThat(new ForeignWriter(folder.resolve("cost")).version()).isEqualTo(1 + 10);
      commit(job, COMMITS - 10);
      assertThat(operationsOfACommit(numbers, job)).isEqualTo(expected());
      assertThat(new ForeignWriter(folder.resolve("cost")).version()).isEqualTo(1 + COMMITS + 1);
    }
  }

  private static void commit(SinkSimulation job, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      job.write(1);
      job.checkpoint();
    }
  }

  @Test
  void anEmptyCheckpointCostsNothing() throws Exception {
    Numbers numbers = new Numbers("empty", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 1)) {
      job.write(1);
      job.checkpoint();
      long version = numbers.table().version();
      numbers.faults().forgetOperations();
      job.checkpoint();
      assertThat(numbers.faults().operations()).isEmpty();
      assertThat(numbers.table().version()).isEqualTo(version);
    }
  }

  private static List<String> operationsOfACommit(Numbers numbers, SinkSimulation job)
      throws Exception {
    numbers.faults().forgetOperations();
    job.write(1);
    job.checkpoint();
    return numbers.faults().operations().stream().map(Operation::shape).toList();
  }

  private static List<String> expected() {
    return Stream.of(DATA_FILE, COMMIT).flatMap(List::stream).toList();
  }
}
