package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever storage operation of a job fails, every number is in the table once. */
class CrashMatrixTest {

  @TempDir Path folder;
  private CrashMatrix matrix;

  @BeforeEach
  void open() {
    matrix = new CrashMatrix(folder);
  }

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
    int operations = matrix.countOperations();
    assertThat(operations).isGreaterThan(50);
    for (int n = 1; n <= operations; n++) {
      Numbers numbers = matrix.runFailing(n, times, moment);
      numbers.assertHoldsNumbersBelow(CrashMatrix.ROUNDS * CrashMatrix.NUMBERS_A_ROUND);
      assertThat(numbers.faults().openStreams())
          .as("streams left open after operation %s", n)
          .isEmpty();
    }
  }

  @Test
  void withoutFailuresTheJobTakesTheSameOperationsEachTime() throws Exception {
    assertThat(matrix.countOperations()).isEqualTo(matrix.countOperations());
  }
}
