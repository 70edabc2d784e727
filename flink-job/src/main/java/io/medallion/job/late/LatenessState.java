package io.medallion.job.late;

import io.medallion.job.hub.HubName;
import java.util.Arrays;

/**
 * What one subtask of the {@link LatenessGate} saves: a Flink POJO, so that fields may be added.
 * Times in milliseconds; the least number where something is unknown.
 *
 * <p>States of the first release have neither an Event Hub nor arrivals.
 */
public final class LatenessState {

  /** The Event Hub that the partitions are of; null in states of the first release. */
  public String eventHub;

  /** Per partition: windows that end here or before are closed. */
  public long[] horizons = new long[0];

  /** Per partition: the arrival of the newest record. */
  public long[] lastArrivals = new long[0];

  /** Per partition: the arrival of the newest valid event. */
  public long[] lastValidArrivals = new long[0];

  /** The subtask's watermark; the maximum once the input has ended (or was drained). */
  public long watermark = Long.MIN_VALUE;

  /** The end of the last window that the subtask saw an event of. */
  public long lastWindowEnd = Long.MIN_VALUE;

  /** For the serializer. */
  public LatenessState() {}

  LatenessState(HubName eventHub, int partitions) {
    this.eventHub = eventHub.text();
    grow(partitions);
  }

  void set(int partition, PartitionLateness known) {
    horizons[partition] = known.horizon();
    lastArrivals[partition] = known.lastArrival();
    lastValidArrivals[partition] = known.lastValidArrival();
  }

  int partitions() {
    return horizons.length;
  }

  PartitionTime time(int partition, PartitionTime.Limits limits) {
    // The time itself is in the horizon, which never goes back.
    return new PartitionTime(limits, lastArrivals[partition], lastValidArrivals[partition]);
  }

  /**
   * What all subtasks together know.
   *
   * <p>Its watermark is the one that windows were really closed by: the least of all subtasks.
   * After the end of the input this is the last window that had an event, and no longer the end of
   * time: windows after it never opened, so they may yet.
   *
   * @param eventHub of partitions of another one, only the windows that were closed count
   */
  static LatenessState merge(HubName eventHub, Iterable<LatenessState> states) {
    LatenessState merged = new LatenessState(eventHub, 0);
    long watermark = Long.MAX_VALUE;
    boolean restored = false;
    for (LatenessState state : states) {
      restored = true;
      if (eventHub.matches(state.eventHub)) {
        merged.raise(state);
      }
      watermark = Math.min(watermark, state.watermark);
      merged.lastWindowEnd = Math.max(merged.lastWindowEnd, state.lastWindowEnd);
    }
    if (restored) {
      merged.watermark =
          watermark == Long.MAX_VALUE ? lastMillisecond(merged.lastWindowEnd) : watermark;
    }
    return merged;
  }

  private void raise(LatenessState other) {
    grow(Math.max(horizons.length, other.horizons.length));
    raise(horizons, other.horizons);
    raise(lastArrivals, other.lastArrivals);
    raise(lastValidArrivals, other.lastValidArrivals);
  }

  private static void raise(long[] values, long[] others) {
    for (int partition = 0; partition < (others == null ? 0 : others.length); partition++) {
      values[partition] = Math.max(values[partition], others[partition]);
    }
  }

  private void grow(int partitions) {
    horizons = grown(horizons, partitions);
    lastArrivals = grown(lastArrivals, partitions);
    lastValidArrivals = grown(lastValidArrivals, partitions);
  }

  private static long[] grown(long[] values, int partitions) {
    long[] grown = Arrays.copyOf(values, partitions);
    Arrays.fill(grown, values.length, partitions, Long.MIN_VALUE);
    return grown;
  }

  private static long lastMillisecond(long windowEnd) {
    return windowEnd == Long.MIN_VALUE ? Long.MIN_VALUE : windowEnd - 1;
  }
}
