package io.medallion.job.source;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When the partitions of one source subtask were last read to their end: what tells silence from a
 * backlog that was not read yet.
 *
 * <p>The source reader writes it and the watermarks read it, on the subtask's thread both. They
 * find each other because Flink ships source and watermark strategy of a subtask in one piece.
 *
 * <p>Times in milliseconds of this machine's clock.
 */
final class ConsumerLag implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of a partition that is not read to its end, as far as is known. */
  static final long BEHIND = Long.MIN_VALUE;

  private final Set<Integer> assigned = new HashSet<>();
  private final Set<Integer> delivering = new HashSet<>();
  private final Map<Integer, Long> endReached = new HashMap<>();
  private boolean withoutPartitions;

  /** The poll after the last one whose records have been handed on. */
  private long nextPoll = 1;

  private transient Polls polls;
  private transient Look before;
  private transient long emptyAnswerAfter;

  /** The polls of a source subtask, by number from 1; made by another thread. */
  interface Polls {

    /** The number of the poll that has not returned yet; 0 if there is none. */
    long running();

    /** How many answers of brokers have come. */
    double answers();
  }

  private record Look(long poll, double answers, long time) {}

  void follow(Polls subtasks) {
    polls = subtasks;
  }

  /**
   * Looks at a poll that finds nothing, which takes ten seconds: as long as it has not returned,
   * what the brokers have answered to it was empty. To be called now and then.
   *
   * @param every milliseconds between two looks
   */
  void look(long now, long every) {
    if (polls == null || (before != null && now - before.time() < every)) {
      return;
    }
    Look look = new Look(polls.running(), polls.answers(), now);
    if (look.poll() != nextPoll || before == null || before.poll() != look.poll()) {
      emptyAnswerAfter = BEHIND;
    } else {
      if (emptyAnswerAfter != BEHIND) {
        endReached.replaceAll(
            (partition, time) -> time == BEHIND ? BEHIND : Math.max(time, emptyAnswerAfter));
      }
      // That it is empty is sure only if the poll goes on after it.
      emptyAnswerAfter = look.answers() > before.answers() ? before.time() : BEHIND;
    }
    before = look;
  }

  /** Notes that the subtask reads a partition from now on. */
  void assigned(int partition) {
    assigned.add(partition);
    withoutPartitions = false;
  }

  /** Notes that all partitions were assigned, to this subtask or to others. */
  void allAssigned() {
    withoutPartitions = assigned.isEmpty();
  }

  /** Whether the subtask is known to have no partition to read. */
  boolean isWithoutPartitions() {
    return withoutPartitions;
  }

  /** Notes that a partition has delivered a record to the watermarks that are its own. */
  void delivering(int partition) {
    if (!assigned.contains(partition)) {
      throw new IllegalStateException(
          "Partition %d delivers, but was not assigned: source and watermarks do not share what they know"
              .formatted(partition));
    }
    delivering.add(partition);
  }

  /**
   * Notes how far a poll got, once all of its records have been handed on.
   *
   * @param poll its number
   * @param reached for each partition that was polled: when it was seen that its end was reached,
   *     or {@link #BEHIND}
   */
  void polled(long poll, Map<Integer, Long> reached) {
    endReached.putAll(reached);
    nextPoll = poll + 1;
  }

  /** When the partition's end was last reached; {@link #BEHIND} if it is not now. */
  long endReached(int partition) {
    return endReached.getOrDefault(partition, BEHIND);
  }

  /**
   * When the ends of all partitions that have delivered nothing yet were last reached; {@link
   * #BEHIND} if one of them is not now. For watermarks that don't know yet which partition's they
   * are.
   */
  long endReachedBySilentOnes() {
    long reached = Long.MAX_VALUE;
    for (int partition : assigned) {
      if (!delivering.contains(partition)) {
        reached = Math.min(reached, endReached(partition));
      }
    }
    return reached == Long.MAX_VALUE ? BEHIND : reached;
  }
}
