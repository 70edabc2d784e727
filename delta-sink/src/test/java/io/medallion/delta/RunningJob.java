package io.medallion.delta;

import io.medallion.delta.SinkSimulation.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of commits beside a job begin with: a table that a job writes, of numbers 0 to 19
 * in four files, of two commits.
 */
abstract class RunningJob {

  @TempDir private Path folder;
  private Path table;
  Numbers numbers;
  ForeignWriter foreign;
  SinkSimulation job;

  /** The state of the job after its first commit. */
  Checkpoint first;

  @BeforeEach
  final void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    table = folder.resolve(name);
    numbers = new Numbers(name, folder);
    foreign = new ForeignWriter(table);
    job = new SinkSimulation(numbers.sink(), 1);
    commitOfTheJob();
    first = job.completed();
    commitOfTheJob();
  }

  @AfterEach
  final void stop() {
    job.close();
  }

  final void commitOfTheJob() throws Exception {
    job.write(10);
    job.checkpoint();
  }

  /** Lets the job win the race for the next version that somebody else puts; true when it has. */
  final AtomicBoolean jobWinsTheNextRace() {
    return numbers.faults().before("rename N.json", this::commitOfTheJob);
  }

  /** Those of the table and those that it does not refer to (any more). */
  final List<Path> dataFiles() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String partition : List.of("parity=even", "parity=odd")) {
      try (Stream<Path> files = Files.list(table.resolve(partition))) {
        files.filter(file -> file.toString().endsWith(".parquet")).forEach(all::add);
      }
    }
    return all;
  }
}
