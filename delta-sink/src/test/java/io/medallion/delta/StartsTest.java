package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.SinkSimulation.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However often a job is started, it finds its way to its table, or is told why not. */
class StartsTest {

  private static final int SEEDS = Boolean.getBoolean("medallion.chaos") ? 20 : 4;
  private static final int STEPS = 40;
  private static final int MANY = Lineage.REMEMBERED_WITHOUT_COMMITS + 2;

  @TempDir private Path folder;

  @Test
  void aTableWithoutNewRowsTakesTheJobBackAfterAnyNumberOfStarts() throws Exception {
    Numbers numbers = new Numbers("quiet", folder);
    SinkSimulation job = new SinkSimulation(numbers.sink(), 2);
    job.checkpoint();
    job.resubmit(numbers.sink(), 2, job.completed());
    job.write(20);
    job.checkpoint();
    for (int start = 0; start < MANY; start++) {
      job.resubmit(numbers.sink(), 1 + start % 3, job.completed());
      job.checkpoint();
    }
    tenMore(job);
    job.close();

    numbers.assertHoldsNumbersBelow(30);
  }

  @Test
  void aRunThatTheStateDoesNotKnowIsNotUndone() throws Exception {
    Numbers numbers = new Numbers("unknown", folder);
    SinkSimulation other = new SinkSimulation(numbers.sink(), 1);
    Checkpoint ofOther = other.completed();
    assertThat(ofOther).isNull();
    SinkSimulation job = new SinkSimulation(numbers.sink(), 1);
    job.checkpoint();
    Checkpoint beforeAnyRow = job.completed();
    job.close();
    try (SinkSimulation stranger = new SinkSimulation(numbers.sink(), 1)) {
      stranger.write(20);
      stranger.checkpoint();
    }

    for (RewindPolicy policy : List.of(RewindPolicy.FAIL, RewindPolicy.ROLLBACK)) {
      assertThatThrownBy(() -> job.resubmit(numbers.onRewind(policy), 1, beforeAnyRow))
          .hasStackTraceContaining("can't be rolled back to it")
          .hasStackTraceContaining("APPEND");
    }
    numbers.assertHoldsNumbersBelow(20);
    other.close();
  }

  @Test
  void aRollbackIsOverOnceItIsDone() throws Exception {
    Numbers numbers = new Numbers("rollback", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint older = tenMore(job);
      tenMore(job);
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);
      job.checkpoint();

      job.resubmit(numbers.sink(), 2, job.completed());
      job.write(5);
      job.checkpoint();
    }

    numbers.assertHoldsNumbersBelow(15);
  }

  @Test
  void aStateOfWhatWasRolledBackIsNotGoneOnFromWithoutItsRows() throws Exception {
    Numbers numbers = new Numbers("undone", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint older = tenMore(job);
      tenMore(job);
      job.checkpoint();
      Checkpoint undone = job.completed();
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);

      assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, undone))
          .hasStackTraceContaining("was put back to checkpoint 1 of it");

      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, undone);
      numbers.assertHoldsNumbersBelow(20);
    }
  }

  @Test
  void aStateWhoseRunWasRolledBackIsRefusedUntilItIsPutBack() throws Exception {
    for (boolean anew : List.of(false, true)) {
      Numbers numbers = new Numbers("branch-" + anew, folder);
      try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
        Checkpoint ofFirst = tenMore(job);
        job.resubmit(numbers.sink(), 2, ofFirst);
        tenMore(job);
        job.checkpoint();
        Checkpoint ofSecond = job.completed();
        job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, anew ? null : ofFirst);
        numbers.assertHoldsNumbersBelow(anew ? 0 : 10);

        assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, ofSecond))
            .hasStackTraceContaining("is not where the job is");
        job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, ofSecond);
        job.write(5);
        job.checkpoint();
        numbers.assertHoldsNumbersBelow(25);
      }
    }
  }

  /** It was told to take the table back once, by a person; not to do so by itself ever after. */
  @Test
  void aRunThatAnotherCopyTookOverFromStaysOutWhateverThePolicy() throws Exception {
    for (RewindPolicy policy : RewindPolicy.values()) {
      Numbers numbers = new Numbers("copies-" + policy, folder);
      try (SinkSimulation first = new SinkSimulation(numbers.onRewind(policy), 2)) {
        Checkpoint older = tenMore(first);
        tenMore(first);
        try (SinkSimulation second =
            new SinkSimulation(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older)) {
          assertThatThrownBy(first::failover).hasStackTraceContaining("was taken over by epoch");
          second.write(3);
          second.checkpoint();
        }
        assertThatThrownBy(first::failover).hasStackTraceContaining("was taken over by epoch");
        numbers.assertHoldsNumbersBelow(13);
      }
    }
  }

  /** A bad deployment crashes again and again while its successor is at work. */
  @Test
  void norDoesOneComeBackThatHasNotTakenACheckpoint() throws Exception {
    Numbers numbers = new Numbers("crashing", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint older = tenMore(job);
      tenMore(job);
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);
      try (SinkSimulation successor =
          new SinkSimulation(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older)) {
        successor.write(3);
        successor.checkpoint();

        assertThatThrownBy(job::failover).hasStackTraceContaining("was taken over by epoch");
        numbers.assertHoldsNumbersBelow(13);
      }
    }
  }

  @Test
  void rowsThatWereAcceptedAsLostAreNotAheadOfTheJobEver() throws Exception {
    Numbers numbers = new Numbers("lost", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint first = tenMore(job);
      Checkpoint second = tenMore(job);
      tenMore(job);
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, first);

      job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, second);
      job.checkpoint();
      job.resubmit(numbers.sink(), 2, job.completed());
      job.write(1);
      job.checkpoint();
      assertThat(numbers.ids()).hasSize(11).contains(20L);
    }
  }

  @Test
  void whatWasAcceptedOnceCanBeRolledBackAllTheSame() throws Exception {
    Numbers numbers = new Numbers("accepted", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint older = tenMore(job);
      tenMore(job);
      job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, older);

      assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, older))
          .hasStackTraceContaining("is ahead of the job");
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, older);
      job.write(12);
      job.checkpoint();
      numbers.assertHoldsNumbersBelow(22);
    }
  }

  @Test
  void theStateOfTheRunThatAnotherBeganAnewBesideIsAnEarlierPoint() throws Exception {
    Numbers numbers = new Numbers("forgotten", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      Checkpoint state = tenMore(job);
      job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, null);
      job.write(4);
      job.checkpoint();

      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, state);
      job.write(1);
      job.checkpoint();
      numbers.assertHoldsNumbersBelow(11);
    }
  }

  /** The source goes on where it was, so rows that are taken out would not come again. */
  @Test
  void aJobWithAStateButNoneOfThisSinkRollsNothingBack() throws Exception {
    Numbers numbers = new Numbers("renamed", folder);
    try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
      tenMore(job);
      Checkpoint ofOthers = new Checkpoint(job.completed().id(), job.position(), null, null);

      assertThatThrownBy(() -> job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, ofOthers))
          .hasStackTraceContaining("can't be rolled back to it");
      numbers.assertHoldsNumbersBelow(10);
    }
  }

  /** Writes ten numbers; the checkpoint after that. */
  private static Checkpoint tenMore(SinkSimulation job) throws Exception {
    job.write(10);
    job.checkpoint();
    return job.completed();
  }

  /**
   * Any sequence of rows, failovers, and starts from any checkpoint ever taken, under any policy,
   * against a model of what the table holds.
   */
  @Test
  void startsFollowTheModel() throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Numbers numbers = new Numbers("seed-" + seed, folder);
      StartsModel model = new StartsModel(numbers, new Random(seed));
      try {
        for (int step = 0; step < STEPS; step++) {
          model.step();
        }
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + model, e);
      } finally {
        model.close();
      }
    }
  }
}
