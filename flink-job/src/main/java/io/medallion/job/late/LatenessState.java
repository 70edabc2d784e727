package io.medallion.job.late;

import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldPath;
import io.medallion.job.hub.HubName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What one subtask of the {@link LatenessGate} saves: a Flink POJO, so that fields may be added.
 * Times in milliseconds; the least number where something is unknown.
 *
 * <p>States of the first release have neither an Event Hub nor arrivals; states of releases whose
 * contracts had one size of windows, what is about sizes and paths.
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

  /** The end of the last window, of the first table's size, that the subtask saw an event of. */
  public long lastWindowEnd = Long.MIN_VALUE;

  /** The greatest time of the valid events. Not known in states of releases with one size. */
  public long lastEventTime = Long.MIN_VALUE;

  /** The sizes of windows, the first table's first. None in states of releases with one size. */
  public long[] sizes = new long[0];

  /** By size: as {@link #watermark}, which is the first one. */
  public long[] watermarks = new long[0];

  /** The paths of gold; saved by one subtask. None in states of releases with one size. */
  public String[] paths = new String[0];

  /** By path: windows that begin before had begun before the path was there. */
  public long[] completeFrom = new long[0];

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
   * <p>Its watermarks are those that windows were really closed by: the least of all subtasks.
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
      merged.lastEventTime = Math.max(merged.lastEventTime, state.lastEventTime);
      merged.addSizes(state);
    }
    if (restored) {
      merged.watermark =
          watermark == Long.MAX_VALUE ? lastMillisecond(merged.lastWindowEnd) : watermark;
      merged.completeSizes();
    }
    return merged;
  }

  private void addSizes(LatenessState other) {
    if (sizes.length == 0) {
      sizes = other.sizes.clone();
      watermarks = other.watermarks.clone();
    } else {
      for (int size = 0; size < other.sizes.length; size++) {
        watermarks[size] = Math.min(watermarks[size], other.watermarks[size]);
      }
    }
    if (other.paths.length > 0) {
      paths = other.paths;
      completeFrom = other.completeFrom;
    }
  }

  private void completeSizes() {
    if (lastEventTime == Long.MIN_VALUE) {
      lastEventTime = lastMillisecond(lastWindowEnd);
    }
    for (int size = 0; size < sizes.length; size++) {
      if (size == 0) {
        watermarks[size] = watermark;
      } else if (watermarks[size] == Long.MAX_VALUE) {
        watermarks[size] =
            lastEventTime == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : new TumblingWindows(sizes[size]).endOf(lastEventTime) - 1;
      }
    }
  }

  /**
   * Up to when the windows of each size were closed. Of a size that is new, those before the least
   * of the others.
   *
   * @param now the job's sizes, the first table's first
   */
  long[] closedUpTo(List<TumblingWindows> now) {
    requireSamePaths(now);
    long[] closed = new long[now.size()];
    for (int size = 0; size < closed.length; size++) {
      closed[size] = size == 0 ? watermark : closedUpTo(now.get(size).size());
    }
    return closed;
  }

  private long closedUpTo(long size) {
    long least = watermark;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == size) {
        return watermarks[i];
      }
      least = Math.min(least, watermarks[i]);
    }
    return least;
  }

  /** The open windows of the first table's size go on in the operators of the first size. */
  private void requireSamePaths(List<TumblingWindows> now) {
    if (sizes.length == 0 || sizes[0] == now.get(0).size()) {
      return;
    }
    boolean wasAnother = Arrays.stream(sizes).skip(1).anyMatch(size -> size == now.get(0).size());
    boolean isAnother = now.stream().skip(1).anyMatch(windows -> windows.size() == sizes[0]);
    if (wasAnother || isAnother) {
      throw new IllegalStateException(
          "The first table of gold has windows of %s now and had windows of %s in the state that this job starts from, and the other tables have windows of one of the two as well, so the open windows would go to wrong tables. Put a table with windows of %2$s first in the contract and leave window.size as it was, or start without the state"
              .formatted(Duration.ofMillis(now.get(0).size()), Duration.ofMillis(sizes[0])));
    }
  }

  /**
   * For each path, from when on windows have all their events. A path that is new has not seen the
   * events before it.
   *
   * @return the least number for a path that has been there from the beginning
   */
  long[] completeFrom(List<GoldPath> now) {
    List<String> known = Arrays.asList(paths);
    long unseen = lastEventTime == Long.MIN_VALUE ? Long.MIN_VALUE : lastEventTime + 1;
    return now.stream()
        .mapToLong(
            path -> {
              int place = known.indexOf(path.id());
              if (place >= 0) {
                return completeFrom[place];
              }
              // In states that tell no paths, there were those of one size.
              return known.isEmpty() && path.size() == 0 ? Long.MIN_VALUE : unseen;
            })
        .toArray();
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
