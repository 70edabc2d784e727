package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;

/**
 * A job of several checkpoints, run once for every storage operation that it does, with that
 * operation failing. Each run leaves a table behind, under the folder given.
 */
final class CrashMatrix {

  static final int ROUNDS = 3;
  static final int NUMBERS_A_ROUND = 4;
  private static final int MAX_FAILOVERS = 30;

  private final Path folder;

  CrashMatrix(Path folder) {
    this.folder = folder;
  }

  /** Leaves the tables of all single failures for another reader. */
  public static void main(String[] folder) throws Exception {
    CrashMatrix matrix = new CrashMatrix(Path.of(folder[0]));
    int operations = matrix.countOperations();
    for (Moment moment : Moment.values()) {
      for (int n = 1; n <= operations; n++) {
        matrix.runFailing(n, 1, moment);
      }
    }
  }

  /** The operations of a run in which none fails. */
  int countOperations() throws Exception {
    Numbers numbers = new Numbers("count-" + System.nanoTime(), folder);
    runToTheEnd(numbers);
    int operations = numbers.faults().operations().size();
    numbers.assertHoldsNumbersBelow(ROUNDS * NUMBERS_A_ROUND);
    return operations;
  }

  /** Has some operations fail from the n-th on; the table that the job then leaves can be read. */
  Numbers runFailing(int n, int times, Moment moment) throws Exception {
    Numbers numbers = new Numbers(moment + "-" + times + "-" + n, folder);
    FaultPlan faults = numbers.faults().fail(n, times, moment);
    runToTheEnd(numbers);
    assertThat(faults.failed()).as("failures from operation %s on", n).isPositive();
    faults.fail(Long.MAX_VALUE, 0, moment);
    return numbers;
  }

  private static void runToTheEnd(Numbers numbers) throws Exception {
    DeltaSink<Long> sink = numbers.sink();
    SinkSimulation job = null;
    int failovers = 0;
    while (true) {
      try {
        if (job == null) {
          job = new SinkSimulation(sink, 2);
        } else {
          job.failover();
        }
        while (job.position() < ROUNDS * NUMBERS_A_ROUND) {
          job.write(NUMBERS_A_ROUND);
          job.checkpoint();
        }
        job.end();
        job.close();
        return;
      } catch (Exception failure) {
        if (++failovers > MAX_FAILOVERS) {
          throw failure;
        }
      }
    }
  }
}
