package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.SinkSimulation.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a job had committed and that are gone: it stops, and never goes on without them. */
class TablePutBackTest {

  private static final String RESTORE_TO =
      "{\"operation\":\"RESTORE\",\"operationParameters\":{\"version\":\"%d\",\"timestamp\":null}}";
  private static final String GONE = "lacks rows that this job had committed";

  @TempDir private Path folder;
  private Numbers numbers;
  private ForeignWriter foreign;
  private SinkSimulation job;
  private Checkpoint older;

  @BeforeEach
  void fourCommits(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    numbers = new Numbers(name, folder);
    foreign = new ForeignWriter(folder.resolve(name));
    job = new SinkSimulation(numbers.sink(), 2);
    for (int commit = 0; commit < 4; commit++) {
      job.write(10);
      job.checkpoint();
      older = commit == 1 ? job.completed() : older;
    }
    job.checkpoint();
  }

  @AfterEach
  void stop() {
    job.close();
  }

  @Test
  void aLostTailOfTheLogStopsAStart() throws Exception {
    loseVersions(2);

    job.resubmit(numbers.sink(), 1, job.completed());
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint())
        .hasStackTraceContaining(GONE)
        .hasStackTraceContaining("the newest there is checkpoint 2")
        .hasStackTraceContaining("ROLLBACK")
        .hasStackTraceContaining("APPEND");
    numbers.assertHoldsNumbersBelow(20);
  }

  @Test
  void itStopsAStartOfAJobWithoutNewRowsToo() throws Exception {
    loseVersions(1);

    job.resubmit(numbers.sink(), 1, job.completed());
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining(GONE);
    assertThatThrownBy(() -> job.failover()).hasStackTraceContaining(GONE);
  }

  @Test
  void itStopsAFailover() throws Exception {
    loseVersions(1);

    job.failover();
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining(GONE);
  }

  @Test
  void aStateThatIsNotNewerThanTheTableWritesTheRowsAgain() throws Exception {
    loseVersions(1);

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);
    job.write(25);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(45);
  }

  @Test
  void onRequestTheJobGoesOnWithoutThem() throws Exception {
    loseVersions(1);

    job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, job.completed());
    job.write(10);
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.checkpoint();
    assertThat(numbers.ids())
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.range(0, 30), LongStream.range(40, 50)).boxed().toList());
  }

  @Test
  void aRestoreByAnotherWriterStopsTheJob() throws Exception {
    foreign.removeAll("{\"operation\":\"RESTORE\",\"operationParameters\":{\"version\":\"1\"}}");
    job.write(10);

    assertThatThrownBy(() -> job.checkpoint())
        .hasStackTraceContaining("another writer put the table back (version 6: RESTORE)");
    assertThatThrownBy(() -> job.failover()).hasStackTraceContaining("RESTORE");
  }

  @Test
  void anOverwriteWhileTheJobWasStoppedStopsItsStart() throws Exception {
    foreign.removeAll(
        "{\"operation\":\"WRITE\",\"operationParameters\":{\"mode\":\"Overwrite\",\"partitionBy\":\"[]\"}}");
    foreign.changeMetadata(metadata -> metadata);

    job.resubmit(numbers.sink(), 2, job.completed());
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining("WRITE, mode Overwrite");
  }

  /** As the message advises; whoever of committer and aggregator starts first. */
  @Test
  void afterARestoreARollbackWritesTheRowsAgain() throws Exception {
    foreign.removeAll(RESTORE_TO.formatted(1));

    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);
    job.write(25);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(45);
    job.resubmit(numbers.sink(), 2, job.completed());
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(45);
  }

  @Test
  void whatWasAcceptedIsNotMissedAgainByAJobWithoutNewRows() throws Exception {
    loseVersions(1);

    job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, job.completed());
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.checkpoint();
    foreign.removeAll(RESTORE_TO.formatted(1));
    job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, job.completed());
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(1);
    job.checkpoint();
    assertThat(numbers.ids()).containsExactly(40L);
  }

  /** Somebody's mistake was taken back, and nothing of the sink's. */
  @Test
  void aRestoreToTheSinksLastCommitOrLaterIsNoLoss() throws Exception {
    long last = foreign.version();
    foreign.changeMetadata(metadata -> metadata);
    foreign.commit(RESTORE_TO.formatted(last), List.of());
    foreign.commit(RESTORE_TO.formatted(last + 1), List.of());

    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    foreign.commit(RESTORE_TO.formatted(foreign.version()), List.of());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(60);
  }

  @Test
  void aMistakenRestoreThatAnotherOneRepairedIsNoLoss() throws Exception {
    long last = foreign.version();
    foreign.commit(RESTORE_TO.formatted(1), List.of());
    foreign.commit(RESTORE_TO.formatted(last), List.of());

    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(50);
  }

  /** The state offers the last commit again, and that is still in the log. */
  @Test
  void aRestoreIsNotHiddenByACommitThatIsOfferedAgain() throws Exception {
    job.write(10);
    job.checkpoint();
    foreign.removeAll(RESTORE_TO.formatted(1));

    job.failover();
    job.write(10);
    assertThatThrownBy(() -> job.checkpoint()).hasStackTraceContaining("RESTORE");
    job.aggregatorFirst();
    assertThatThrownBy(
            () -> {
              job.resubmit(numbers.sink(), 2, job.completed());
              job.checkpoint();
            })
        .hasStackTraceContaining("RESTORE");
  }

  /** RESTORE puts the table's properties back too, and so its owner. */
  @Test
  void aRestoreToBeforeTheRunOwnedTheTableIsNoOtherCopyOfTheJob() throws Exception {
    long ofFirstRun = foreign.version();
    for (RewindPolicy policy : List.of(RewindPolicy.FAIL, RewindPolicy.APPEND)) {
      job.resubmit(numbers.onRewind(policy), 2, job.completed());
      job.write(10);
      job.checkpoint();
      foreign.restore(ofFirstRun - 1);
      job.write(10);
      assertThatThrownBy(() -> job.checkpoint())
          .hasStackTraceContaining("another writer put it back to when epoch")
          .hasStackTraceContaining(GONE);
      job.aggregatorFirst();
      if (policy == RewindPolicy.FAIL) {
        assertThatThrownBy(() -> job.failover()).hasStackTraceContaining("is not where the job is");
        job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, job.completed());
        numbers.assertHoldsNumbersBelow(60);
        job.checkpoint();
      }
    }
    job.failover();
    job.write(5);
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.checkpoint();
    assertThat(numbers.ids())
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.range(0, 30), LongStream.range(70, 85)).boxed().toList());
  }

  @Test
  void rowsThatWereReplacedForWhatTheySayStayReplaced() throws Exception {
    foreign.commit(
        "{\"operation\":\"WRITE\",\"operationParameters\":{\"mode\":\"Overwrite\",\"predicate\":\"[\\\"(parity = 'odd')\\\"]\"}}",
        List.of());

    job.write(10);
    job.checkpoint();
    numbers.assertHoldsNumbersBelow(50);
  }

  @Test
  void aTableThatWasMadeByAnOverwriteIsOneLikeOthers() throws Exception {
    Numbers made = new Numbers("made", folder);
    new SinkSimulation(made.sink(), 1).close();
    Path log = folder.resolve("made/_delta_log");
    try (var files = Files.list(log)) {
      for (Path file : files.filter(file -> !file.endsWith("00000000000000000000.json")).toList()) {
        Files.delete(file);
      }
    }
    new ForeignWriter(folder.resolve("made"))
        .removeAll("{\"operation\":\"WRITE\",\"operationParameters\":{\"mode\":\"Overwrite\"}}");
    try (SinkSimulation first = new SinkSimulation(made.sink(), 1)) {
      first.write(10);
      first.checkpoint();
      made.assertHoldsNumbersBelow(10);
    }
  }

  private void loseVersions(int count) throws Exception {
    job.failover(); // What log maintenance had under way is done; it would write checksums.
    for (int i = 0; i < count; i++) {
      Path newest = foreign.logEntry(foreign.version());
      Files.delete(newest);
      Files.deleteIfExists(newest.resolveSibling("." + newest.getFileName() + ".crc"));
      Files.deleteIfExists(
          newest.resolveSibling(newest.getFileName().toString().replace(".json", ".crc")));
    }
  }
}
