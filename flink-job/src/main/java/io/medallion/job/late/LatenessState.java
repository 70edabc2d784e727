package io.medallion.job.late;

import java.util.Arrays;

/** What one subtask of the {@link LatenessGate} saves: a Flink POJO. Times in milliseconds. */
public final class LatenessState {

  /** Per partition: windows that end here or before are closed; the minimum where unknown. */
  public long[] horizons = new long[0];

  /** The subtask's watermark; the maximum once the input has ended (or was drained). */
  public long watermark = Long.MIN_VALUE;

  /** The end of the last window that the subtask saw an event of. */
  public long lastWindowEnd = Long.MIN_VALUE;

  /**
   * What all subtasks together know.
   *
   * <p>Its watermark is the one that windows were really closed by: the least of all subtasks.
   * After the end of the input this is the last window that had an event, and no longer the end of
   * time: windows after it never opened, so they may yet.
   */
  static LatenessState merge(Iterable<LatenessState> states) {
    LatenessState merged = new LatenessState();
    long watermark = Long.MAX_VALUE;
    boolean restored = false;
    for (LatenessState state : states) {
      restored = true;
      merged.raise(state.horizons);
      watermark = Math.min(watermark, state.watermark);
      merged.lastWindowEnd = Math.max(merged.lastWindowEnd, state.lastWindowEnd);
    }
    if (restored) {
      merged.watermark =
          watermark == Long.MAX_VALUE ? lastMillisecond(merged.lastWindowEnd) : watermark;
    }
    return merged;
  }

  private void raise(long[] others) {
    if (others.length > horizons.length) {
      int known = horizons.length;
      horizons = Arrays.copyOf(horizons, others.length);
      Arrays.fill(horizons, known, others.length, Long.MIN_VALUE);
    }
    for (int partition = 0; partition < others.length; partition++) {
      horizons[partition] = Math.max(horizons[partition], others[partition]);
    }
  }

  private static long lastMillisecond(long windowEnd) {
    return windowEnd == Long.MIN_VALUE ? Long.MIN_VALUE : windowEnd - 1;
  }
}
