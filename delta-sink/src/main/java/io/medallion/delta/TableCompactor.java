package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import io.medallion.delta.LiveFiles.Tally;
import io.medallion.delta.compact.FileMerge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges small files of the table that a committer commits to, while the job runs, so that no
 * partition has more than {@link CompactionOptions#maxSmallFiles}. No row changes.
 *
 * <p>One merge at a time, in a thread of its own, of one partition; the first time the files are
 * only counted. The committer waits for nothing of it and has only this to do with it: it is told
 * that the table should be read anew, and may lose a race for a version, as to any other writer. A
 * merge is followed by a pause of {@value #REST} times the time that it took.
 *
 * <p>A merge is committed only while the epoch that the committer commits under owns the table: put
 * if absent of the version after one of which this holds. Otherwise its files are deleted. A
 * failure is logged and counted, and never fails the job: the table is right without. What an
 * interrupted merge leaves are files that nothing refers to and no epoch is named in.
 */
final class TableCompactor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TableCompactor.class);

  static final String THREAD = "delta-compaction";

  /** At most a fifth of the time, a merge is under way. */
  private static final int REST = 4;

  private static final long FIRST_PAUSE = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofHours(1).toNanos();

  /** Files that are read for one merge have so many times the size of the file to be made. */
  private static final int MOST_TARGETS = 4;

  /** Memory for the file that is written; the tasks of all tables share a process. */
  private static final long LARGEST_BUFFER = 16L * 1024 * 1024;

  private static final long CLOSE_TIMEOUT_SECONDS = 10;

  private final TableSpec table;
  private final String sinkName;
  private final CompactionOptions options;
  private final FileMerge merge;
  private final LiveFiles files;
  private final CompactionMetrics metrics;
  private final ExecutorService executor;
  private final LongSupplier nanoTime;

  private final AtomicBoolean busy = new AtomicBoolean();

  /** By {@link #nanoTime}; written while busy. */
  private volatile long restsUntil;

  // Of the thread that merges.
  private TableLog log;
  private int failuresInARow;

  TableCompactor(
      TableSpec table,
      String sinkName,
      CompactionOptions options,
      FileMerge merge,
      LiveFiles files,
      CompactionMetrics metrics,
      ExecutorService executor,
      LongSupplier nanoTime) {
    this.table = table;
    this.sinkName = sinkName;
    this.options = options;
    this.merge = merge;
    this.files = files;
    this.metrics = metrics;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.restsUntil = nanoTime.getAsLong();
  }

  static FileMerge merge(TableSpec table, CompactionOptions options, Compression compression) {
    return new FileMerge(
        table.path(), table.hadoopConf(), compression, options.targetSize(), LARGEST_BUFFER);
  }

  /** One thread, made when it is needed. */
  static ExecutorService newExecutor() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, THREAD);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * The committer has made a version: looks whether it is time to merge, and returns at once.
   *
   * @param onMerged called when the table is another version than the committer has made
   */
  void committed(DeltaCommittable committable, long version, Runnable onMerged) {
    files.committed(version, committable.files());
    if (isDue() && nanoTime.getAsLong() - restsUntil >= 0 && busy.compareAndSet(false, true)) {
      executor.execute(() -> run(committable.lineage().epoch(), onMerged));
    }
  }

  private boolean isDue() {
    return files.mostSmall() == LiveFiles.UNKNOWN || files.mostSmall() > options.mergeAbove();
  }

  private void run(String epoch, Runnable onMerged) {
    long start = nanoTime.getAsLong();
    long pause = 0;
    try {
      compact(epoch, onMerged);
      failuresInARow = 0;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException failure) {
      if (!executor.isShutdown()) {
        pause = failed(failure);
      }
    } finally {
      files.notListing();
      long end = nanoTime.getAsLong();
      restsUntil = end + Math.max(pause, REST * (end - start));
      busy.set(false);
    }
  }

  /** Logs and counts it; returns the pause that follows, in nanoseconds. */
  private long failed(Exception failure) {
    metrics.failed();
    long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failuresInARow, 6));
    failuresInARow++;
    if (failure instanceof TableConflictException) {
      LOG.warn("Small files of {} were not merged. {}", table, failure.getMessage());
    } else {
      LOG.warn(
          "Small files of {} could not be merged; the table is right without. It will be tried"
              + " again in {} s at the earliest",
          table,
          Duration.ofNanos(pause).toSeconds(),
          failure);
    }
    return pause;
  }

  private void compact(String epoch, Runnable onMerged) throws IOException, InterruptedException {
    if (log == null) {
      log = new TableLog(table, sinkName);
    }
    Optional<Map<String, String>> fullest = files.fullest();
    files.listing();
    Snapshot snapshot = log.load();
    if (!isOwner(snapshot, epoch)) {
      return;
    }
    PlainTable.require(snapshot);
    MergeCandidates candidates = list(snapshot, fullest);
    if (candidates.count() <= options.mergeAbove()) {
      return;
    }
    List<Row> chosen = candidates.choose(options.leave(), MOST_TARGETS * options.targetSize());
    DeltaRewrite.Result result =
        merge.run(snapshot, chosen, base -> requireOwner(base, epoch), () -> {});
    files.merged(fullest.orElseThrow(), chosen.size(), result.files());
    metrics.compacted();
    // Otherwise its next commit would be tried for the version that the merge has made.
    onMerged.run();
  }

  /** Counts the table's files; those of one partition that are small can be merged. */
  private MergeCandidates list(Snapshot snapshot, Optional<Map<String, String>> partition) {
    Tally tally = new Tally();
    MergeCandidates candidates = new MergeCandidates();
    log.forEachFile(
        snapshot,
        scanFile -> {
          AddFile file = TableLog.addFile(scanFile);
          Map<String, String> of = VectorUtils.toJavaMap(file.getPartitionValues());
          boolean isSmall = files.isSmall(file.getSize());
          tally.add(of, isSmall);
          if (isSmall && partition.filter(of::equals).isPresent()) {
            candidates.add(scanFile, file);
          }
        });
    files.listed(snapshot.getVersion(), tally);
    return candidates;
  }

  private boolean isOwner(Snapshot version, String epoch) {
    return log.owner(version).filter(owner -> owner.epoch().equals(epoch)).isPresent();
  }

  private void requireOwner(Snapshot version, String epoch) {
    if (!isOwner(version, epoch)) {
      throw new TableConflictException(
          "%s (version %d) does not belong to epoch %s of sink '%s' any more. The files written for"
                  .formatted(table, version.getVersion(), epoch, sinkName)
              + " it are discarded.");
    }
  }

  /** Ends a merge that is under way; waits a bounded time until its files are deleted. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A merge of files of {} does not end; it is left behind", table);
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
