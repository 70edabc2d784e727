package io.medallion.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a run of the job comes from: its own epoch and the epochs it was restored from.
 *
 * <p>An epoch is one submission of a job; it is random and never Flink's job id, which survives
 * some restarts and not others. Within an epoch, commits are numbered by Flink's checkpoint ids,
 * which only grow. A run restored from checkpoint {@code n} of epoch {@code A} continues {@code A}
 * up to and including {@code n}: everything that {@code A} committed after that is not part of this
 * run's past. The table remembers who wrote last ({@link CommitProtocol}), so a run can tell
 * whether the table is its own past, or has moved on without it.
 *
 * @param epoch this run
 * @param ancestors the runs before it, oldest first, each with the checkpoint it was left at
 */
record Lineage(String epoch, List<Ancestor> ancestors) {

  /** More submissions than this in a row without a single commit are not remembered. */
  static final int MAX_ANCESTORS = 64;

  /** An epoch and the last of its checkpoints that belongs to the past of its successor. */
  record Ancestor(String epoch, long checkpointId) {}

  Lineage {
    ancestors = List.copyOf(ancestors);
  }

  static Lineage startingAt(String epoch) {
    return new Lineage(epoch, List.of());
  }

  /** The lineage of a new submission that was restored from a checkpoint of this one. */
  Lineage continuedBy(String newEpoch, long restoredCheckpointId) {
    List<Ancestor> all = new ArrayList<>(ancestors);
    all.add(new Ancestor(epoch, restoredCheckpointId));
    return new Lineage(newEpoch, all.subList(Math.max(0, all.size() - MAX_ANCESTORS), all.size()));
  }

  /**
   * The checkpoint at which this lineage left the given epoch; empty if it was never part of it.
   */
  OptionalLong leftAt(String otherEpoch) {
    return ancestors.stream()
        .filter(ancestor -> ancestor.epoch().equals(otherEpoch))
        .mapToLong(Ancestor::checkpointId)
        .findFirst();
  }
}
