package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.SinkSimulation.Checkpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A job that is started again and again, and what its table has to hold: a set of commits. A
 * checkpoint knows those that the table held when it was taken, and one that may be pending.
 */
final class StartsModel implements AutoCloseable {

  /** Rows from a number to another. */
  private record Commit(int serial, long from, long to) {}

  private record Kept(Checkpoint checkpoint, Set<Commit> known, Optional<Commit> pending) {}

  private static final Kept NOTHING = new Kept(null, Set.of(), Optional.empty());
  private static final int MANY = Lineage.REMEMBERED_WITHOUT_COMMITS + 2;

  private final Numbers numbers;
  private final Random random;
  private final SinkSimulation job;
  private final List<Kept> kept = new ArrayList<>();
  private final Set<Commit> table = new HashSet<>();
  private final Set<Commit> everCommitted = new HashSet<>();

  /** All that the table ever held. */
  private final Set<Set<Commit>> contents = new HashSet<>(Set.of(Set.of()));

  private final StringBuilder history = new StringBuilder();
  private int serial;

  /** Where a failover goes back to. */
  private Kept current = NOTHING;

  StartsModel(Numbers numbers, Random random) throws Exception {
    this.numbers = numbers;
    this.random = random;
    this.job = new SinkSimulation(numbers.sink(), 2);
    job.checkpoint();
    keep(Optional.empty());
  }

  void step() throws Exception {
    if (random.nextBoolean()) {
      job.aggregatorFirst();
    }
    int dice = random.nextInt(100);
    if (dice < 30) {
      history.append("rows, ");
      commit(write());
      job.checkpoint();
      keep(Optional.empty());
    } else if (dice < 40) {
      history.append("checkpoint, ");
      job.checkpoint();
      keep(Optional.empty());
    } else if (dice < 50) {
      history.append("failover, ");
      job.failover();
    } else if (dice < 57) {
      history.append("rows without notice, ");
      pending();
    } else if (dice < 70) {
      history.append("start, ");
      start(current);
    } else if (dice < 72) {
      history.append("many starts, ");
      start(current);
      job.checkpoint();
      for (int start = 0; start < MANY; start++) {
        job.resubmit(numbers.sink(), 1, job.completed());
        job.checkpoint();
      }
      keep(Optional.empty());
    } else {
      int index = random.nextInt(kept.size() + 1);
      start(index == kept.size() ? NOTHING : kept.get(index));
    }
    assertTable();
  }

  private Commit write() throws Exception {
    long from = job.position();
    job.write(1 + random.nextInt(5));
    return new Commit(serial++, from, job.position());
  }

  private void commit(Commit commit) {
    table.add(commit);
    contents.add(Set.copyOf(table));
    everCommitted.add(commit);
  }

  private void keep(Optional<Commit> pending) {
    current = new Kept(job.completed(), Set.copyOf(table), pending);
    kept.add(current);
  }

  /** A checkpoint that completes, and the job ends before anybody is told; it starts elsewhere. */
  private void pending() throws Exception {
    Commit commit = write();
    job.completeWithoutNotice(job.barrier());
    keep(Optional.of(commit));
    start(kept.get(random.nextInt(kept.size())));
  }

  private void start(Kept from) throws Exception {
    history.append("from ").append(kept.indexOf(from)).append(": ");
    current = from;
    Optional<Commit> pending = from.pending().filter(commit -> !everCommitted.contains(commit));
    Set<Commit> known = new HashSet<>(from.known());
    from.pending().filter(everCommitted::contains).ifPresent(known::add);
    if (table.equals(known)) {
      history.append("goes on, ");
      job.resubmit(numbers.sink(), 1 + random.nextInt(3), from.checkpoint());
    } else {
      assertThatThrownBy(() -> job.resubmit(numbers.sink(), 2, from.checkpoint()))
          .satisfies(
              refusal ->
                  assertThat(refusal)
                      .hasStackTraceContaining(
                          table.containsAll(known) ? "is ahead of the job" : "job"));
      assertTable();
      if (random.nextInt(3) == 0 && table.containsAll(known)) {
        history.append("appends, ");
        job.resubmit(numbers.onRewind(RewindPolicy.APPEND), 2, from.checkpoint());
      } else if (rollsBack(from, known)) {
        history.append("rolled back, ");
        table.clear();
        table.addAll(known);
        contents.add(Set.copyOf(table));
      } else {
        history.append("cannot; anew, ");
        job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, null);
        table.clear();
        current = NOTHING;
        return;
      }
    }
    pending.ifPresent(this::commit);
  }

  /**
   * False if the state has nothing in common with the table, or the table never held just that: a
   * pending commit may have come after some that its run did not know. That is said then.
   */
  private boolean rollsBack(Kept from, Set<Commit> known) throws Exception {
    try {
      job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 2, from.checkpoint());
      return true;
    } catch (Exception refusal) {
      assertThat(from.checkpoint()).isNotNull();
      assertThat(refusal)
          .hasStackTraceContaining(
              contents.contains(known)
                  ? "can't be rolled back to it"
                  : "it does not hold what the job's state holds either");
      assertThat(known.isEmpty() || !contents.contains(known)).isTrue();
      return false;
    }
  }

  private void assertTable() {
    assertThat(numbers.ids())
        .containsExactlyInAnyOrderElementsOf(
            table.stream()
                .flatMap(commit -> LongStream.range(commit.from(), commit.to()).boxed())
                .toList());
  }

  @Override
  public void close() {
    job.close();
  }

  @Override
  public String toString() {
    return history.toString();
  }
}
