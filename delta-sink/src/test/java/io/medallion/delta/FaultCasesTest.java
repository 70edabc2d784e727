package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.delta.fault.FaultPlan.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The faults that are known to make sinks lose or double data, one test each; numbered as in this
 * module's README.
 */
class FaultCasesTest {

  @TempDir Path folder;
  private Numbers numbers;
  private ForeignWriter foreign;
  private SinkSimulation job;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    numbers = new Numbers(name, folder);
    foreign = new ForeignWriter(folder.resolve(name));
    job = new SinkSimulation(numbers.sink(), 2);
    job.write(10);
    job.checkpoint();
  }

  @AfterEach
  void stop() {
    job.close();
  }

  @Test
  void case1KilledAfterFilesWereClosedAndBeforeTheCheckpoint() throws Exception {
    job.write(10);
    job.abortedBarrier(2);
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case2KilledAfterTheCheckpointAndBeforeTheCommit() throws Exception {
    job.write(10);
    job.completeWithoutNotice(job.barrier());
    job.failover();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case3KilledInTheMiddleOfACommit() throws Exception {
    job.write(10);
    long id = job.barrier();
    numbers.faults().failNext(4, Moment.BEFORE, FaultCasesTest::renamesLogEntry);
    assertThatThrownBy(() -> job.complete(id)).hasStackTraceContaining("Injected");
    job.failover();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case4LogEntryWrittenAndAcknowledgementLost() throws Exception {
    job.write(10);
    numbers.faults().failNext(1, Moment.AFTER, FaultCasesTest::renamesLogEntry);
    job.checkpoint();
    assertThat(numbers.faults().failed()).isEqualTo(1);
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case5ALostAnswerAndThenAnEntryOfSomebodyElse() throws Exception {
    job.write(10);
    long id = job.barrier();
    numbers.faults().failNext(1, Moment.BEFORE, FaultCasesTest::renamesLogEntry);
    foreign.changeMetadata(metadata -> metadata);
    job.complete(id);
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case6AConflictWithOptimizeDoesNotDisturb() throws Exception {
    job.write(10);
    long id = job.barrier();
    foreign.optimizeAndVacuum();
    job.complete(id);
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case6ANullableColumnAddedByOthersDoesNotDisturb() throws Exception {
    job.write(10);
    long id = job.barrier();
    foreign.changeSchema(
        schema -> {
          ((ArrayNode) schema.get("fields"))
              .addObject()
              .put("name", "added")
              .put("type", "string")
              .put("nullable", true)
              .putObject("metadata");
          return schema;
        });
    job.complete(id);
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case6AColumnDroppedByOthersStopsTheJob() throws Exception {
    job.write(10);
    long id = job.barrier();
    foreign.changeSchema(
        schema -> {
          ((ArrayNode) schema.get("fields")).remove(0);
          return schema;
        });
    assertThatThrownBy(() -> job.complete(id))
        .hasStackTraceContaining("the table has no column 'id'");
  }

  @Test
  void case6ATypeChangedByOthersStopsTheJob() throws Exception {
    job.write(10);
    long id = job.barrier();
    foreign.changeSchema(
        schema -> {
          ((ObjectNode) schema.at("/fields/0")).put("type", "string");
          return schema;
        });
    assertThatThrownBy(() -> job.complete(id)).hasStackTraceContaining("column 'id' is string");
  }

  @Test
  void case6ADeleteByOthersStandsAndTheJobGoesOn() throws Exception {
    job.write(10);
    long id = job.barrier();
    foreign.deleteAll();
    job.complete(id);
    assertThat(numbers.ids()).containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
  }

  @Test
  void case7APartialUploadIsNotCommitted() throws Exception {
    numbers.faults().failNext(1, Moment.BEFORE, op -> op.shape().equals("close data file"));
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint()).hasMessageContaining("Injected");
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case8AnAbortedCheckpointAndThenTheEndOfTheInput() throws Exception {
    job.write(10);
    job.abortedBarrier(1);
    job.write(10);
    job.end();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case8SeveralCheckpointsPendingAtOnce() throws Exception {
    job.write(10);
    job.barrier();
    job.write(10);
    job.abortedBarrier(2);
    job.write(10);
    long last = job.barrier();
    job.complete(last);
    job.failover();
    numbers.assertHoldsNumbersBelow(40);
  }

  @Test
  void case9StoppedWithSavepointNotDrainedAndTheNotificationLost() throws Exception {
    job.write(10);
    job.completeWithoutNotice(job.barrier());
    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case9StoppedWithSavepointDrained() throws Exception {
    job.write(10);
    job.end();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case10RestoredElsewhereAtAnotherParallelismAfterOptimizeAndVacuum() throws Exception {
    job.write(10);
    job.completeWithoutNotice(job.barrier());
    foreign.optimizeAndVacuum();
    job.resubmit(numbers.sink(), 4, job.completed());
    job.write(10);
    job.checkpoint();
    job.resubmit(numbers.sink(), 1, job.completed());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(40);
  }

  @Test
  void case11AnOlderSavepointStopsTheJobByDefault() throws Exception {
    Checkpoint older = goOnAndReturnTheOlderCheckpoint();
    assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, older))
        .hasStackTraceContaining("is ahead of the job")
        .hasStackTraceContaining("committed up to checkpoint 3")
        .hasStackTraceContaining("up to checkpoint 1 only")
        .hasStackTraceContaining("ROLLBACK")
        .hasStackTraceContaining("APPEND");
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case11AnOlderSavepointRollsTheTableBackOnRequest() throws Exception {
    Checkpoint older = goOnAndReturnTheOlderCheckpoint();
    long version = numbers.table().version();
    job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, older);
    numbers.assertHoldsNumbersBelow(10);
    assertThat(numbers.table().version()).isEqualTo(version + 1);
    job.write(15);
    job.checkpoint();
    job.failover();
    job.write(5);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case11AnOlderSavepointAppendsOnRequest() throws Exception {
    Checkpoint older = goOnAndReturnTheOlderCheckpoint();
    job.resubmit(numbers.builder().onRewind(RewindPolicy.APPEND).build(), 2, older);
    job.write(20);
    job.checkpoint();
    assertThat(numbers.ids()).hasSize(50).endsWith(28L, 28L, 29L, 29L);
  }

  @Test
  void case11ARunThatEndedBeforeItsFirstCommitCanBeRepeatedFromTheSameSavepoint() throws Exception {
    Checkpoint savepoint = job.completed();
    job.resubmit(numbers.sink(), 2, savepoint);
    job.resubmit(numbers.sink(), 2, savepoint);
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case12AStartWithoutStateStopsTheJobByDefault() {
    assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, null))
        .hasStackTraceContaining("was started without its state");
    numbers.assertHoldsNumbersBelow(10);
  }

  @Test
  void case13AChangedUidIsAStartWithoutStateAndCanRollBackToNothing() throws Exception {
    job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, null);
    assertThat(numbers.ids()).isEmpty();
    job.write(5);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(5);
  }

  @Test
  void case14OfTwoLiveCopiesTheOlderStopsAtItsNextCommit() throws Exception {
    Checkpoint shared = job.completed();
    try (SinkSimulation newer = new SinkSimulation(numbers.sink(), 2, shared)) {
      job.write(10);
      assertThatThrownBy(() -> job.checkpoint())
          .hasStackTraceContaining("was taken over by epoch")
          .hasStackTraceContaining("Keep one copy running");
      newer.write(10);
      newer.checkpoint();
      numbers.assertHoldsNumbersBelow(20);
    }
  }

  @Test
  void case15StorageThatRefusesForAWhileOnlyDelays() throws Exception {
    job.write(10);
    long id = job.barrier();
    numbers.faults().failNext(3, Moment.BEFORE, operation -> true);
    job.complete(id);
    assertThat(numbers.faults().failed()).isEqualTo(3);
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case16AFullDiskStopsTheJobUntilThereIsRoom() throws Exception {
    numbers.faults().failNext(1_000, Moment.BEFORE, op -> op.kind().equals("write"));
    assertThatThrownBy(() -> job.write(10)).hasMessageContaining("Injected");
    numbers.faults().failNext(0, Moment.BEFORE, operation -> true);
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case17AReadOnlyTableStopsTheJobWithAnAdvice() throws Exception {
    job.write(10);
    long id = job.barrier();
    numbers.faults().failNext(1_000, Moment.BEFORE, op -> op.kind().equals("create"));
    assertThatThrownBy(() -> job.complete(id))
        .hasStackTraceContaining("unreachable, full or read-only");
    numbers.faults().failNext(0, Moment.BEFORE, operation -> true);
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case18ACorruptLogEntryStopsTheJob() throws Exception {
    Path newest = foreign.logEntry(foreign.version());
    byte[] whole = Files.readAllBytes(newest);
    Files.write(newest, "{\"add\":{\"pa".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> job.failover())
        .hasStackTraceContaining("a log entry that can't be read")
        .hasStackTraceContaining("Could not parse JSON");
    Files.write(newest, whole);
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void case19ALogCleanedBelowTheRememberedVersionCannotBeRolledBack() throws Exception {
    Checkpoint older = goOnAndReturnTheOlderCheckpoint();
    numbers.table().writeCheckpoint();
    for (long version = 0; version < foreign.version(); version++) {
      Files.delete(foreign.logEntry(version));
    }
    assertThatThrownBy(
            () -> job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, older))
        .hasStackTraceContaining("its log was cleaned below version");
    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void case20AClockSteppingBackwardsChangesNothing() throws Exception {
    for (long version = 0; version <= foreign.version(); version++) {
      Files.setLastModifiedTime(
          foreign.logEntry(version), FileTime.fromMillis(4_000_000_000_000L - version));
    }
    job.failover();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void aReplacedTableStopsTheJob() throws Exception {
    foreign.changeMetadata(metadata -> metadata.put("id", "another-table"));
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining("was replaced");
    assertThatThrownBy(() -> job.failover()).hasStackTraceContaining("was replaced");
  }

  @Test
  void aTableThatIsGoneStopsTheJob() throws Exception {
    job.failover(); // What log maintenance had under way is done; it would bring the folder back.
    Path log = foreign.logEntry(0).getParent();
    Files.move(log, log.resolveSibling("elsewhere"));
    assertThatThrownBy(() -> job.failover()).hasStackTraceContaining("is gone");
  }

  @Test
  void aProtocolThatTheSinkDoesNotWriteStopsTheJob() throws Exception {
    foreign.commit(
        List.of(
            "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                + "\"readerFeatures\":[\"unheardOf\"],\"writerFeatures\":[\"unheardOf\"]}}"));
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining("unheardOf");
  }

  @Test
  void missingColumnsAreAddedOnRequest() throws Exception {
    foreign.changeSchema(
        schema -> {
          ((ArrayNode) schema.get("fields")).remove(0);
          ((ArrayNode) schema.get("fields"))
              .addObject()
              .put("name", "other")
              .put("type", "long")
              .put("nullable", true)
              .putObject("metadata");
          return schema;
        });
    assertThatThrownBy(() -> job.failover())
        .hasStackTraceContaining("the table has no column 'id' (long)");
    job.aggregatorFirst();
    job.resubmit(
        numbers.builder().onMissingColumns(SchemaPolicy.ADD_COLUMNS).build(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    assertThat(numbers.table().snapshot().getSchema().fieldNames()).contains("id", "other");
  }

  @Test
  void aTableWhoseRowsMeanSomethingElseStopsTheJobThoughItsColumnsCouldBeAdded() throws Exception {
    job.aggregatorFirst();
    assertThatThrownBy(
            () ->
                job.resubmit(
                    numbers
                        .builder()
                        .meaning(new Kind("others"))
                        .onMissingColumns(SchemaPolicy.ADD_COLUMNS)
                        .build(),
                    2,
                    job.completed()))
        .hasStackTraceContaining("the table has numbers of no kind, the sink others");
  }

  @Test
  void aSinkKeepsWhatItsRowsMeanInTheProperties() throws Exception {
    job.aggregatorFirst();
    job.resubmit(
        numbers
            .builder()
            .meaning(new Kind("primes"))
            .onMissingColumns(SchemaPolicy.ADD_COLUMNS)
            .build(),
        2,
        job.completed());
    assertThat(numbers.table().snapshot().getTableProperties()).containsEntry("kind", "primes");
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(20);
  }

  /** Numbers of a kind; others go with none. */
  private record Kind(String name) implements RowMeaning {
    @Override
    public Map<String, String> properties(Map<String, String> ofTable) {
      return Map.of("kind", name);
    }

    @Override
    public Optional<String> conflict(Map<String, String> ofTable) {
      return name.equals("others") && !ofTable.containsKey("kind")
          ? Optional.of("the table has numbers of no kind, the sink others")
          : Optional.empty();
    }
  }

  private Checkpoint goOnAndReturnTheOlderCheckpoint() throws Exception {
    Checkpoint older = job.completed();
    job.write(10);
    job.checkpoint();
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(30);
    return older;
  }

  private static boolean renamesLogEntry(Operation operation) {
    return operation.shape().equals("rename N.json");
  }
}
