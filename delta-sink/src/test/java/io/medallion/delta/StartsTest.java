package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.SinkSimulation.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However often a job is started, it finds its way to its table, or is told why not. */
class StartsTest {

  private static final int SEEDS = Boolean.getBoolean("medallion.chaos") ? 30 : 3;
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
    job.write(10);
    job.checkpoint();
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
      assertThatThrownBy(
              () -> job.resubmit(numbers.builder().onRewind(policy).build(), 1, beforeAnyRow))
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
      job.write(10);
      job.checkpoint();
      Checkpoint older = job.completed();
      job.write(10);
      job.checkpoint();
      job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, older);
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
      job.write(10);
      job.checkpoint();
      Checkpoint older = job.completed();
      job.write(10);
      job.checkpoint();
      job.checkpoint();
      Checkpoint undone = job.completed();
      job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, older);

      assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, undone))
          .hasStackTraceContaining("was put back to checkpoint 1 of it");

      job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, undone);
      numbers.assertHoldsNumbersBelow(20);
    }
  }

  /**
   * The model: the table holds what the run had written at the checkpoint that it goes on from. A
   * start from a checkpoint with fewer rows is refused, or rolls the table back.
   */
  @Test
  void startsWithAndWithoutRowsAndRewindsFollowTheModel() throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Random random = new Random(seed);
      Numbers numbers = new Numbers("seed-" + seed, folder);
      StringBuilder history = new StringBuilder("seed " + seed + ": ");
      try (SinkSimulation job = new SinkSimulation(numbers.sink(), 2)) {
        job.checkpoint();
        List<Checkpoint> kept = new ArrayList<>(List.of(job.completed()));
        for (int step = 0; step < STEPS; step++) {
          step(random, numbers, job, kept, history);
          numbers.assertHoldsNumbersBelow(job.position());
        }
      } catch (Exception | AssertionError e) {
        throw new AssertionError(history.toString(), e);
      }
    }
  }

  private static void step(
      Random random,
      Numbers numbers,
      SinkSimulation job,
      List<Checkpoint> kept,
      StringBuilder history)
      throws Exception {
    int dice = random.nextInt(100);
    if (dice < 25) {
      history.append("rows, ");
      job.write(1 + random.nextInt(5));
      job.checkpoint();
      kept.add(job.completed());
    } else if (dice < 40) {
      history.append("checkpoint, ");
      job.checkpoint();
      kept.add(job.completed());
    } else if (dice < 50) {
      history.append("failover, ");
      job.failover();
    } else if (dice < 80) {
      history.append("start, ");
      job.resubmit(numbers.sink(), 1 + random.nextInt(3), job.completed());
    } else if (dice < 83) {
      history.append("many starts, ");
      for (int start = 0; start < MANY; start++) {
        job.resubmit(numbers.sink(), 1, job.completed());
        job.checkpoint();
      }
      kept.add(job.completed());
    } else {
      int index = random.nextInt(kept.size());
      Checkpoint older = kept.get(index);
      history.append("back to ").append(older.id()).append(", ");
      if (older.position() < job.position()) {
        assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, older))
            .hasStackTraceContaining("is ahead of the job");
      }
      job.resubmit(numbers.builder().onRewind(RewindPolicy.ROLLBACK).build(), 2, older);
      kept.subList(index + 1, kept.size()).clear();
    }
  }
}
