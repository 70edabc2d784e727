package io.medallion.job.source;

import java.util.HashMap;
import java.util.Map;

/**
 * The partitions that a source subtask reads, to note in their state how far the consumer got. That
 * is further than the last record where markers, or records of an aborted transaction, follow it.
 * To be used on the subtask's thread.
 */
final class AssignedSplits {

  private final Map<Integer, EventHubSplitState> states = new HashMap<>();

  /** The state of a split that is read from now on. */
  EventHubSplitState add(EventHubSplit split) {
    EventHubSplitState state = new EventHubSplitState(split);
    states.put(split.getPartition(), state);
    return state;
  }

  /**
   * Notes how far a poll got, once all of its records have been handed on.
   *
   * @param positions where the consumer goes on, by partition
   */
  void polled(Map<Integer, Long> positions) {
    positions.forEach((partition, position) -> states.get(partition).passed(position));
  }
}
