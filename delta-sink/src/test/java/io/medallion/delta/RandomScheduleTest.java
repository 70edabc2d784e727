package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schedules of writes, checkpoints, aborted ones, lost notifications, crashes, restarts
 * under a new submission and another parallelism, storage faults and other writers' commits, held
 * against the simplest model: after a completed and notified checkpoint the table holds every
 * number below the source's position, once.
 *
 * <p>A failure names the seed. The length is set by {@code -Dmedallion.random.steps}, the first
 * seed by {@code -Dmedallion.random.seed}.
 */
class RandomScheduleTest {

  private static final int STEPS_A_TABLE = 60;
  private static final int DEFAULT_STEPS = Boolean.getBoolean("medallion.chaos") ? 10_000 : 900;

  @TempDir Path folder;

  @Test
  void whateverHappensEveryNumberIsInTheTableOnce() throws Exception {
    int steps = Integer.getInteger("medallion.random.steps", DEFAULT_STEPS);
    int tables = (steps + STEPS_A_TABLE - 1) / STEPS_A_TABLE;
    long firstSeed = Long.getLong("medallion.random.seed", 1);
    for (long seed = firstSeed; seed < firstSeed + tables; seed++) {
      run(seed);
    }
  }

  private void run(long seed) throws Exception {
    Random random = new Random(seed);
    Numbers numbers = new Numbers("seed-" + seed, folder);
    Schedule schedule = new Schedule(numbers, new ForeignWriter(folder.resolve("seed-" + seed)));
    try {
      for (int step = 0; step < STEPS_A_TABLE; step++) {
        schedule.step(random);
      }
      schedule.finish();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("Seed " + seed + ": " + schedule.history, e);
    } finally {
      schedule.job.close();
    }
  }

  /** One job and the steps it has taken. */
  private static final class Schedule {
    private final Numbers numbers;
    private final ForeignWriter foreign;
    private final StringBuilder history = new StringBuilder();
    private final Deque<Long> pending = new ArrayDeque<>();
    private DeltaSink<Long> sink;
    private SinkSimulation job;

    Schedule(Numbers numbers, ForeignWriter foreign) throws Exception {
      this.numbers = numbers;
      this.foreign = foreign;
      this.sink = numbers.sink();
      this.job = new SinkSimulation(sink, 2);
    }

    void step(Random random) throws Exception {
      int dice = random.nextInt(100);
      try {
        if (dice < 35) {
          log("write");
          job.write(1 + random.nextInt(6));
        } else if (dice < 50) {
          log("barrier");
          pending.add(job.barrier());
        } else if (dice < 62 && !pending.isEmpty()) {
          log("complete");
          job.complete(takeUpTo(random));
        } else if (dice < 67 && !pending.isEmpty()) {
          log("complete without notice");
          job.completeWithoutNotice(takeUpTo(random));
        } else if (dice < 72) {
          log("abort");
          job.abortedBarrier(random.nextInt(2));
        } else if (dice < 79) {
          log("failover");
          failover();
        } else if (dice < 84) {
          log("new submission");
          resubmit(1 + random.nextInt(4));
        } else if (dice < 88 && job.completed() != null) {
          log("optimize");
          foreign.optimizeAndVacuum();
        } else if (dice < 91 && job.completed() != null) {
          log("foreign commit");
          foreign.changeMetadata(metadata -> metadata);
        } else {
          log("faults");
          numbers
              .faults()
              .failNext(
                  1 + random.nextInt(6),
                  random.nextBoolean() ? Moment.BEFORE : Moment.AFTER,
                  operation -> true);
        }
      } catch (Exception failure) {
        log("failed");
        recover();
      }
    }

    /** Checkpoints may complete out of turn, never in another order. */
    private long takeUpTo(Random random) {
      int skipped = random.nextInt(pending.size());
      for (int i = 0; i < skipped; i++) {
        pending.poll();
      }
      return pending.poll();
    }

    private void failover() throws Exception {
      pending.clear();
      job.failover();
    }

    private void resubmit(int parallelism) throws Exception {
      Checkpoint completed = job.completed();
      if (completed == null) {
        return; // Without a checkpoint it would be a start without state.
      }
      pending.clear();
      sink = numbers.sink();
      job.resubmit(sink, parallelism, completed);
    }

    private void recover() throws Exception {
      for (int attempt = 1; ; attempt++) {
        try {
          failover();
          return;
        } catch (Exception failure) {
          if (attempt == 10) {
            throw failure;
          }
        }
      }
    }

    void finish() throws Exception {
      numbers.faults().fail(Long.MAX_VALUE, 0, Moment.BEFORE);
      log("finish");
      failover();
      job.write(3);
      job.checkpoint();
      assertThat(numbers.ids()).doesNotHaveDuplicates();
      numbers.assertHoldsNumbersBelow(job.position());
    }

    private void log(String step) {
      history.append(step).append(", ");
    }
  }
}
