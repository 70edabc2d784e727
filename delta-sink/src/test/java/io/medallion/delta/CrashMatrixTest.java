package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A job of several checkpoints, run once for every storage operation that it does, with that
 * operation failing. Each time every number is in the table once.
 */
class CrashMatrixTest {

  private static final int ROUNDS = 3;
  private static final int NUMBERS_A_ROUND = 4;
  private static final int MAX_FAILOVERS = 30;

  @TempDir Path folder;

  /**
   * Three failures in a row outlast some operations' clean-up, 25 outlast the sink's own retries,
   * so that the job fails over, several times; these take the chaos profile.
   */
  static Stream<Arguments> failures() {
    Stream<Arguments> always =
        Stream.of(Arguments.of(Moment.BEFORE, 1), Arguments.of(Moment.AFTER, 1));
    Stream<Arguments> chaos =
        Stream.of(
            Arguments.of(Moment.BEFORE, 3),
            Arguments.of(Moment.AFTER, 3),
            Arguments.of(Moment.BEFORE, 25));
    return Boolean.getBoolean("medallion.chaos") ? Stream.concat(always, chaos) : always;
  }

  @ParameterizedTest(name = "{1} operation(s) fail {0} taking effect")
  @MethodSource("failures")
  void whicheverOperationFailsEveryNumberIsInTheTableOnce(Moment moment, int times)
      throws Exception {
    int operations = countOperations();
    assertThat(operations).isGreaterThan(50);
    for (int n = 1; n <= operations; n++) {
      Numbers numbers = new Numbers(moment + "-" + times + "-" + n, folder);
      FaultPlan faults = numbers.faults().fail(n, times, moment);
      runToTheEnd(numbers);
      assertThat(faults.failed()).as("failures from operation %s on", n).isPositive();
      faults.fail(Long.MAX_VALUE, 0, moment);
      numbers.assertHoldsNumbersBelow(ROUNDS * NUMBERS_A_ROUND);
      assertThat(faults.openStreams()).as("streams left open after operation %s", n).isEmpty();
    }
  }

  @Test
  void withoutFailuresTheJobTakesTheSameOperationsEachTime() throws Exception {
    assertThat(countOperations()).isEqualTo(countOperations());
  }

  private int countOperations() throws Exception {
    Numbers numbers = new Numbers("count-" + System.nanoTime(), folder);
    runToTheEnd(numbers);
    int operations = numbers.faults().operations().size();
    numbers.assertHoldsNumbersBelow(ROUNDS * NUMBERS_A_ROUND);
    return operations;
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
