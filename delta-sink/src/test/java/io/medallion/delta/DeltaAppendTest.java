package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rows added from outside to a table that a job writes: numbers 0 to 9, when the test begins. */
class DeltaAppendTest {

  @TempDir Path folder;
  private Numbers numbers;
  private SinkSimulation job;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    numbers = new Numbers(test.getTestMethod().orElseThrow().getName(), folder);
    job = new SinkSimulation(numbers.sink(), 1);
    job.write(10);
    job.checkpoint();
  }

  @AfterEach
  void stop() {
    job.close();
  }

  @Test
  void allRowsAreOneVersionAndTheJobGoesOn() throws Exception {
    try (DeltaAppend<Long> append = append()) {
      for (long number = 20; number < 30; number++) {
        append.write(number);
      }
      assertThat(numbers.ids()).hasSize(10);
      job.write(10);
      job.checkpoint();
      assertThat(append.commit()).hasValue(append.version() + 2);
    }
    job.failover();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void withoutARowThereIsNoCommit() throws Exception {
    try (DeltaAppend<Long> append = append()) {
      assertThat(append.commit()).isEqualTo(OptionalLong.empty());
      assertThat(numbers.table().version()).isEqualTo(append.version());
    }
  }

  @Test
  void ofTwoThatSawTheSameVersionOnlyOneCommits() throws Exception {
    try (DeltaAppend<Long> first = append();
        DeltaAppend<Long> second = append()) {
      first.write(10L);
      second.write(10L);
      first.commit();

      assertThatThrownBy(second::commit)
          .isInstanceOf(TableConflictException.class)
          .hasMessageContaining("run it again");
    }
    numbers.assertHoldsNumbersBelow(11);
    try (DeltaAppend<Long> next = append()) {
      next.write(11L);
      next.commit();
    }
    numbers.assertHoldsNumbersBelow(12);
  }

  @Test
  void aLostAnswerDoesNotDoubleTheRows() throws Exception {
    try (DeltaAppend<Long> append = append()) {
      append.write(10L);
      numbers
          .faults()
          .failNext(1, Moment.AFTER, operation -> operation.shape().equals("rename N.json"));

      assertThatThrownBy(append::commit)
          .isInstanceOf(TableConflictException.class)
          .hasMessageContaining("run it again");
    }
    numbers.assertHoldsNumbersBelow(11);
  }

  @Test
  void aTableThatIsNotThereIsNotMade() {
    Numbers absent = new Numbers("absent", folder);

    assertThatThrownBy(() -> DeltaAppend.to(absent.sink(), "repair"))
        .isInstanceOf(TableConflictException.class)
        .hasMessageContaining("no Delta log");
  }

  @Test
  void theNameOfTheJobsSinkIsRefused() {
    assertThatThrownBy(() -> DeltaAppend.to(numbers.sink(), "flink"))
        .hasMessageContaining("'flink' is the name of the job's sink");
  }

  private DeltaAppend<Long> append() throws InterruptedException {
    return DeltaAppend.to(numbers.sink(), "repair");
  }
}
