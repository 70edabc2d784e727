package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Files of a table that a job writes, put into others. */
class DeltaRewriteTest extends RunningJob {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theRowsAreTheSameInOneFileAPartitionAndNoActionChangesARow() throws Exception {
    rewrite();

    assertThat(numbers.table().files()).hasSize(2);
    numbers.assertHoldsNumbersBelow(20);
    List<JsonNode> actions = foreign.actions(numbers.table().version());
    assertThat(actions.get(0).at("/commitInfo/operation").asText()).isEqualTo("OPTIMIZE");
    assertThat(actions.stream().filter(action -> action.has("remove"))).hasSize(4);
    assertThat(actions)
        .allMatch(
            action -> action.has("commitInfo") || !action.findValue("dataChange").asBoolean());
    JsonNode added = actions.get(actions.size() - 1).path("add");
    JsonNode statistics = JSON.readTree(added.path("stats").asText());
    long firstId = added.at("/partitionValues/parity").asText().equals("even") ? 0 : 1;
    assertThat(statistics.path("numRecords").asLong()).isEqualTo(10);
    assertThat(statistics.at("/minValues/id").asLong()).isEqualTo(firstId);
    assertThat(statistics.at("/maxValues/id").asLong()).isEqualTo(18 + firstId);
    assertThat(statistics.at("/nullCount/id").asLong()).isZero();
  }

  @Test
  void theJobGoesOnAsIfNothingWas() throws Exception {
    rewrite();
    job.write(10);
    job.checkpoint();
    job.failover();
    job.write(10);
    job.checkpoint();

    numbers.assertHoldsNumbersBelow(40);
    assertThat(numbers.table().files()).hasSize(6);
  }

  @Test
  void anAppendMeanwhileDoesNotMatter() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      job.write(10);
      job.checkpoint();

      assertThat(rewrite.commit().version()).isEqualTo(numbers.table().version());
    }
    numbers.assertHoldsNumbersBelow(30);
    assertThat(numbers.table().files()).hasSize(4);
  }

  @Test
  void aCommitThatComesBetweenTheLookAndThePutIsNotOverwritten() throws Exception {
    long before = numbers.table().version();
    AtomicBoolean raced;
    try (DeltaRewrite<Long> rewrite = begin()) {
      raced = jobWinsTheNextRace();

      assertThat(rewrite.commit().version()).isEqualTo(before + 2);
    }
    assertThat(raced).isTrue();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void anotherRunThatTakesTheTableOverMeanwhileDoesNotMatter() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      job.resubmit(numbers.sink(), 1, job.completed());
      job.write(10);
      job.checkpoint();

      rewrite.commit();
    }
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void aLostAnswerIsFoundToBeTheCommitItIs() throws Exception {
    long before = numbers.table().version();
    try (DeltaRewrite<Long> rewrite = begin()) {
      numbers
          .faults()
          .failNext(1, Moment.AFTER, operation -> operation.shape().equals("rename N.json"));

      assertThat(rewrite.commit().version()).isEqualTo(before + 1);
    }
    assertThat(numbers.table().version()).isEqualTo(before + 1);
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void ifStorageFailsToTheEndTheFilesOfAnUncertainCommitStay() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      numbers
          .faults()
          .failNext(100, Moment.BEFORE, operation -> operation.shape().equals("rename N.json"));

      assertThatThrownBy(rewrite::commit).hasStackTraceContaining("Injected");
    }
    numbers.faults().fail(Long.MAX_VALUE, 0, Moment.BEFORE);
    numbers.assertHoldsNumbersBelow(20);
    assertThat(written()).hasSize(2);
  }

  @Test
  void ofTwoThatReplaceTheSameFilesOneCommits() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      rewrite();

      assertThatThrownBy(rewrite::commit)
          .isInstanceOf(TableConflictException.class)
          .hasMessageContaining("was removed since version 3")
          .hasMessageContaining("Run it again");
    }
    numbers.assertHoldsNumbersBelow(20);
    assertThat(written()).as("files of the one that committed").hasSize(2);
  }

  @Test
  void aRowThatSomebodyDeletedDoesNotComeBack() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      foreign.deleteAll();

      assertThatThrownBy(rewrite::commit).isInstanceOf(TableConflictException.class);
    }
    assertThat(numbers.ids()).isEmpty();
    assertThat(written()).isEmpty();
  }

  @Test
  void aChangeOfTheTableMeanwhileStopsIt() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      foreign.changeMetadata(
          metadata -> {
            metadata.withObject("/configuration").put("delta.appendOnly", "true");
            return metadata;
          });

      assertThatThrownBy(rewrite::commit).hasMessageContaining("properties were changed");
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void withoutACommitNothingStays() throws Exception {
    begin().close();

    assertThat(written()).isEmpty();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void rowsThatAreMissingAreFoundBeforeTheCommit() throws Exception {
    try (DeltaRewrite<Long> rewrite =
        DeltaRewrite.of(numbers.sink(), numbers.table().snapshot(), any -> {})) {
      numbers.table().files().forEach(rewrite::replace);
      rewrite.write(0L);

      assertThatThrownBy(rewrite::commit).hasMessageContaining("the log says 20");
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void aTableWithAFeatureOrPropertyThatIsNotKnownIsRefusedByItsName() throws Exception {
    foreign.changeMetadata(
        metadata -> {
          metadata.withObject("/configuration").put("delta.randomizeFilePrefixes", "true");
          return metadata;
        });
    assertThatThrownBy(this::begin).hasMessageContaining("'delta.randomizeFilePrefixes'");

    foreign.commit(
        List.of(
            "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                + "\"readerFeatures\":[\"deletionVectors\"],"
                + "\"writerFeatures\":[\"deletionVectors\",\"rowTracking\",\"domainMetadata\"]}}"));
    assertThatThrownBy(this::begin)
        .isInstanceOf(TableConflictException.class)
        .hasMessageContaining("'deletionVectors'")
        .hasMessageContaining("'rowTracking'");
  }

  @Test
  void aSavepointFromBeforeIsRestoredAsEver() throws Exception {
    rewrite();

    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void aRollbackAcrossItBringsTheFilesBack() throws Exception {
    rewrite();
    job.write(10);
    job.checkpoint();

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first);

    numbers.assertHoldsNumbersBelow(10);
    assertThat(
            foreign.actions(numbers.table().version()).stream().filter(action -> action.has("add")))
        .hasSize(2)
        .allMatch(action -> action.at("/add/dataChange").asBoolean());
    job.write(25);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(35);
    rewrite();
    numbers.assertHoldsNumbersBelow(35);
  }

  @Test
  void aRollbackToAfterItKeepsItsFiles() throws Exception {
    rewrite();
    Checkpoint second = job.completed();
    job.write(10);
    job.checkpoint();

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, second);

    numbers.assertHoldsNumbersBelow(20);
    assertThat(numbers.table().files()).hasSize(2);
  }

  @Test
  void aRollbackThatNeedsFilesWhichAreGoneIsRefusedBeforeAnythingChanges() throws Exception {
    List<Path> before = dataFiles();
    rewrite();
    for (Path file : before) {
      Files.delete(file);
    }
    long version = numbers.table().version();
    Checkpoint newest = job.completed();

    assertThatThrownBy(() -> job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first))
        .hasStackTraceContaining("was vacuumed");

    assertThat(numbers.table().version()).isEqualTo(version);
    numbers.assertHoldsNumbersBelow(20);
    job.resubmit(numbers.sink(), 1, newest);
    numbers.assertHoldsNumbersBelow(20);
  }

  private void rewrite() throws Exception {
    try (DeltaRewrite<Long> rewrite = begin()) {
      rewrite.commit();
    }
  }

  /** Rewrites all files of the newest version, but for the commit. */
  private DeltaRewrite<Long> begin() throws Exception {
    Snapshot snapshot = numbers.table().snapshot();
    DeltaRewrite<Long> rewrite = DeltaRewrite.of(numbers.sink(), snapshot, any -> {});
    for (Row file : numbers.table().files()) {
      rewrite.replace(file);
    }
    for (long id : numbers.ids()) {
      rewrite.write(id);
    }
    return rewrite;
  }

  /** The files of rewrites. */
  private List<Path> written() throws IOException {
    return dataFiles().stream()
        .filter(file -> file.getFileName().toString().contains(DeltaRewrite.WRITER))
        .toList();
  }
}
