package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultFileSystem;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The odd numbers of a table that a job writes are removed. */
class DeltaDeleteTest extends RunningJob {

  @Test
  void theFilesLeaveInOneCommitThatSaysSo() throws Exception {
    long version = numbers.table().version();

    assertThat(delete().orElseThrow().version()).isEqualTo(version + 1);

    assertHoldsEvenNumbersBelow(20);
    List<JsonNode> actions = foreign.actions(version + 1);
    assertThat(actions.get(0).at("/commitInfo/operation").asText()).isEqualTo("DELETE");
    assertThat(actions.get(0).at("/commitInfo/operationParameters/predicate").asText())
        .isEqualTo("parity = 'odd'");
    assertThat(actions.get(0).at("/commitInfo/operationMetrics/numDeletedRows").asText())
        .isEqualTo("10");
    assertThat(actions.stream().filter(action -> action.has("remove")))
        .hasSize(2)
        .allMatch(action -> action.at("/remove/dataChange").asBoolean());
    assertThat(numbers.table().snapshot().getTableProperties()).containsEntry("gone", "odd");
    assertThat(dataFiles()).as("files stay until a vacuum").hasSize(4);
  }

  @Test
  void whereNothingIsToGoNothingIsCommitted() throws Exception {
    delete();
    long version = numbers.table().version();

    assertThat(delete()).isEmpty();

    assertThat(numbers.table().version()).isEqualTo(version);
  }

  @Test
  void theJobGoesOnAsIfNothingWas() throws Exception {
    delete();
    job.write(10);
    job.checkpoint();
    job.failover();
    job.write(10);
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();

    assertThat(numbers.ids())
        .containsExactlyElementsOf(
            LongStream.range(0, 50).filter(n -> n >= 20 || n % 2 == 0).boxed().toList());
    assertThat(numbers.table().snapshot().getTableProperties()).containsEntry("gone", "odd");
  }

  @Test
  void afterALostRaceItIsChosenAnew() throws Exception {
    AtomicBoolean raced = jobWinsTheNextRace();

    assertThat(delete().orElseThrow().removal().files()).hasSize(3);

    assertThat(raced).isTrue();
    assertHoldsEvenNumbersBelow(30);
  }

  @Test
  void aLostAnswerIsFoundToBeTheCommitItIs() throws Exception {
    long before = numbers.table().version();
    numbers
        .faults()
        .failNext(1, Moment.AFTER, operation -> operation.shape().equals("rename N.json"));

    assertThat(delete().orElseThrow().removal().files()).hasSize(2);

    assertThat(numbers.table().version()).isEqualTo(before + 1);
  }

  @Test
  void aTableThatTakesNothingButAppendsIsLeftAlone() throws Exception {
    foreign.changeMetadata(
        metadata -> {
          metadata.withObject("/configuration").put("delta.appendOnly", "true");
          return metadata;
        });

    assertThatThrownBy(this::delete)
        .isInstanceOf(TableConflictException.class)
        .hasMessageContaining("delta.appendOnly");
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void aTableWithAFeatureThatIsNotKnownIsRefusedByItsName() throws Exception {
    foreign.commit(
        List.of(
            "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                + "\"readerFeatures\":[\"deletionVectors\"],"
                + "\"writerFeatures\":[\"deletionVectors\"]}}"));

    assertThatThrownBy(this::delete)
        .isInstanceOf(TableConflictException.class)
        .hasMessageContaining("'deletionVectors'");
  }

  @Test
  void aRollbackAcrossItBringsTheRowsBackUntilTheNextOne() throws Exception {
    delete();
    job.write(10);
    job.checkpoint();

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first);

    numbers.assertHoldsNumbersBelow(10);
    job.write(20);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
    delete();
    assertHoldsEvenNumbersBelow(30);
  }

  @Test
  void aRollbackToAfterItLeavesThemOut() throws Exception {
    delete();
    job.write(10);
    job.checkpoint();
    Checkpoint afterwards = job.completed();
    job.write(10);
    job.checkpoint();

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, afterwards);

    assertThat(numbers.ids())
        .containsExactlyElementsOf(
            LongStream.range(0, 30).filter(n -> n >= 20 || n % 2 == 0).boxed().toList());
  }

  @Test
  void aRollbackThatNeedsVacuumedFilesIsRefusedAndTheNewestStateGoesOn() throws Exception {
    delete();
    for (Path file : dataFiles()) {
      if (file.toString().contains("parity=odd")) {
        Files.delete(file);
      }
    }
    Checkpoint newest = job.completed();
    long version = numbers.table().version();

    assertThatThrownBy(() -> job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first))
        .hasStackTraceContaining("was vacuumed");

    assertThat(numbers.table().version()).isEqualTo(version);
    job.resubmit(numbers.sink(), 1, newest);
    job.write(1);
    job.checkpoint();
    assertHoldsEvenNumbersBelow(21);
  }

  private Optional<DeltaDelete.Result> delete() throws InterruptedException {
    return DeltaDelete.run(
        numbers.table().snapshot(),
        numbers.path(),
        FaultFileSystem.settings(),
        now ->
            new DeltaDelete.Removal(
                numbers.table().files().stream().filter(DeltaDeleteTest::isOdd).toList(),
                "parity = 'odd'",
                Map.of("gone", "odd")));
  }

  private static boolean isOdd(Row file) {
    return InternalScanFileUtils.getPartitionValues(file).containsValue("odd");
  }

  private void assertHoldsEvenNumbersBelow(long end) {
    assertThat(numbers.ids())
        .containsExactlyElementsOf(
            LongStream.range(0, end).filter(n -> n % 2 == 0).boxed().toList());
  }
}
