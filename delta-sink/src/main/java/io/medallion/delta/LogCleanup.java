package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.util.FileNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the part of a table's log that is older than {@code delta.logRetentionDuration}, so that
 * the log does not grow without bound. Kernel's own clean-up does not run after a log checkpoint of
 * a given version, which is what it makes after a commit, and leaves checksums behind.
 *
 * <p>A file is removed only if it is older than the retention, and a log checkpoint of a later
 * version is older too: every version that was the newest within the retention stays readable.
 * Oldest first, so that what is left of the log has no gap, whenever the clean-up is interrupted.
 *
 * <p>Relies on the clocks of storage and of this machine agreeing to within a small part of the
 * retention. If they don't, old versions go too early or too late; the table as it is stays right.
 */
final class LogCleanup {

  /** Set at the table's creation unless the job says otherwise; Delta's own default. */
  static final Map<String, String> DEFAULT_PROPERTIES =
      Map.of(TableConfig.LOG_RETENTION.getKey(), "interval 30 days");

  private static final Logger LOG = LoggerFactory.getLogger(LogCleanup.class);

  /** Between two listings of the log, which may be long. */
  private static final Duration PERIOD = Duration.ofHours(1);

  /** This table feature means that versions are only to be removed under rules of its own. */
  private static final String PROTECTION = "checkpointProtection";

  private final TableSpec table;
  private final Clock clock;
  private Instant next = Instant.MIN;

  LogCleanup(TableSpec table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * Removes what is due; does nothing if it did within the last hour.
   *
   * @return how many files were removed
   */
  int run(Snapshot snapshot) throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(next) || !isAllowed((SnapshotImpl) snapshot)) {
      return 0;
    }
    next = now.plus(PERIOD);
    long retention = TableConfig.LOG_RETENTION.fromMetadata(snapshot.getMetadata());
    return removeUpTo(now.minusMillis(retention).toEpochMilli());
  }

  private static boolean isAllowed(SnapshotImpl snapshot) {
    return TableConfig.EXPIRED_LOG_CLEANUP_ENABLED.fromMetadata(snapshot.getMetadata())
        && !snapshot.getProtocol().getWriterFeatures().contains(PROTECTION);
  }

  private int removeUpTo(long newestToRemove) throws IOException {
    Path folder = new Path(table.path(), "_delta_log");
    FileSystem storage = folder.getFileSystem(table.hadoopConfiguration());
    List<LogFile> oldestFirst =
        Arrays.stream(storage.listStatus(folder))
            .map(LogFile::of)
            .filter(file -> file.version() >= 0)
            .sorted(Comparator.comparingLong(LogFile::version).thenComparing(LogFile::path))
            .toList();
    long firstKept =
        oldestFirst.stream()
            .filter(file -> file.isWholeCheckpoint() && file.modified() <= newestToRemove)
            .mapToLong(LogFile::version)
            .max()
            .orElse(0);
    int removed = 0;
    for (LogFile file : oldestFirst) {
      if (file.version() >= firstKept
          || file.modified() > newestToRemove
          || Thread.currentThread().isInterrupted()) {
        break;
      }
      removed += remove(storage, file.path()) ? 1 : 0;
    }
    if (removed > 0) {
      LOG.info("Removed {} files of the log of {} before version {}", removed, table, firstKept);
    }
    return removed;
  }

  /** Returns false if others have removed it. */
  private static boolean remove(FileSystem storage, Path file) throws IOException {
    try {
      boolean removed = storage.delete(file, false);
      // A local disk says no more than this if it may not.
      if (!removed && storage.exists(file)) {
        throw new IOException(file + " was not deleted. Look at the permissions of its folder.");
      }
      return removed;
    } catch (FileNotFoundException removedByOthers) {
      return false;
    }
  }

  /**
   * A file of the log.
   *
   * @param modified milliseconds since the epoch, by storage's clock
   * @param version the newest version that it says anything of; -1 if it isn't known what it is
   */
  private record LogFile(Path path, long modified, long version) {

    static LogFile of(FileStatus status) {
      Path path = status.getPath();
      String name = path.toString();
      long version = -1;
      if (FileNames.isPublishedDeltaFile(name)) {
        version = FileNames.deltaVersion(name);
      } else if (FileNames.isCheckpointFile(name)) {
        version = FileNames.checkpointVersion(name);
      } else if (FileNames.isChecksumFile(name)) {
        version = FileNames.checksumVersion(name);
      } else if (FileNames.isLogCompactionFile(name)) {
        version = FileNames.logCompactionVersions(name)._2;
      }
      return new LogFile(path, status.getModificationTime(), version);
    }

    /** In one file: whether others, in several, are complete is not asked. */
    boolean isWholeCheckpoint() {
      return FileNames.isClassicCheckpointFile(path.toString());
    }
  }
}
