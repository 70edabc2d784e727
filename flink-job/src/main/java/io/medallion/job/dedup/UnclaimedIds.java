package io.medallion.job.dedup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ids that an earlier release saved, of partitions that this subtask has not seen since the job
 * started.
 *
 * <p>On a restart every subtask gets those of all partitions, as any partition may be its own now;
 * the partition's first event tells. Of several states of a partition the one that knows the
 * greatest offset counts. Two rules see to it that the others neither stay nor multiply, and that
 * nothing is lost before its owner has seen an event:
 *
 * <ul>
 *   <li>A subtask lets a partition's ids go when its own watermark is two retentions past them.
 *       Were the partition its own, its silence would have been waited for by then.
 *   <li>One subtask of all, the keeper, saves ids that nobody claimed. It does not know how far the
 *       owner is, so it keeps them for two retentions of real time at least; and whoever has ids
 *       left after one retention of real time saves them too.
 * </ul>
 *
 * <p>Times in milliseconds.
 */
final class UnclaimedIds {

  private final Map<Integer, EarlierIds> partitions = new TreeMap<>();
  private final int subtask;
  private final int parallelism;
  private final long retention;
  private final long started;

  UnclaimedIds(int subtask, int parallelism, long retention, long started) {
    this.subtask = subtask;
    this.parallelism = parallelism;
    this.retention = retention;
    this.started = started;
  }

  void restore(EarlierIds saved) {
    partitions.merge(
        saved.header().partition(),
        saved,
        (a, b) -> b.header().lastOffset() > a.header().lastOffset() ? b : a);
  }

  /** Takes out the ids of a partition, which is this subtask's own; null if there are none. */
  EarlierIds claim(int partition) {
    return partitions.remove(partition);
  }

  /**
   * Lets go of what nobody will ask for.
   *
   * @param watermark of this subtask; the end of the input is no time
   */
  void expire(long watermark, long now) {
    if (partitions.isEmpty() || watermark == Long.MAX_VALUE) {
      return;
    }
    partitions
        .values()
        .removeIf(
            ids ->
                watermark - 2 * retention > ids.header().progress()
                    && (!isKeeper(ids) || now - started >= 2 * retention));
  }

  /** What this subtask has to save. */
  List<byte[]> toSave(long now) {
    List<byte[]> saved = new ArrayList<>();
    for (EarlierIds ids : partitions.values()) {
      if (isKeeper(ids) || now - started >= retention) {
        saved.add(ids.form());
      }
    }
    return saved;
  }

  private boolean isKeeper(EarlierIds ids) {
    return ids.header().partition() % parallelism == subtask;
  }
}
