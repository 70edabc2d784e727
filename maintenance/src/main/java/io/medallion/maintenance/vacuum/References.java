package io.medallion.maintenance.vacuum;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.data.StructRow;
import io.delta.kernel.internal.replay.ActionWrapper;
import io.delta.kernel.internal.replay.ActionsIterator;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.medallion.maintenance.lake.TableContent;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The files that the versions of a table need which were the newest at some time since a moment:
 * those of the newest version, and those that left the table later than that moment.
 *
 * <p>A file that left has a {@code remove} action ("tombstone") in the log. A log checkpoint keeps
 * it for {@code delta.deletedFileRetentionDuration}; if that is shorter than what is asked for, the
 * commits before the checkpoint are read too, as far as they are there: a version whose commits are
 * not there can't be read any more.
 *
 * @param needed paths under the table's root, decoded
 * @param left those of files that left earlier, as far as the log has them
 */
record References(Set<String> needed, Set<String> left) {

  private static final StructType TOMBSTONES =
      new StructType()
          .add(
              "remove",
              new StructType()
                  .add("path", StringType.STRING)
                  .add("deletionTimestamp", LongType.LONG));

  References {
    needed = Collections.unmodifiableSet(needed);
    left = Collections.unmodifiableSet(left);
  }

  /**
   * Reads the log.
   *
   * @param now before which log checkpoints may have left out what left the table long ago
   */
  static References since(Instant moment, Instant now, Engine engine, Snapshot newest)
      throws IOException {
    String root = new Path(newest.getPath()).toUri().getPath();
    Set<String> needed = new HashSet<>();
    Set<String> left = new HashSet<>();
    readTombstones(
        engine,
        ((SnapshotImpl) newest).getLogSegment().allLogFilesReversed(),
        root,
        moment,
        needed,
        left);
    long kept = TableConfig.TOMBSTONE_RETENTION.fromMetadata(newest.getMetadata());
    if (moment.isBefore(now.minusMillis(kept))) {
      readTombstones(engine, commits(engine, newest), root, moment, needed, left);
    }
    TableContent.of(engine, newest)
        .forEachFile(file -> needed.add(relative(root, addedPath(file.scanRow()))));
    left.removeAll(needed);
    return new References(needed, left);
  }

  private static String addedPath(Row scanRow) {
    return scanRow.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL).getString(0);
  }

  private static void readTombstones(
      Engine engine,
      List<FileStatus> log,
      String root,
      Instant moment,
      Set<String> needed,
      Set<String> left)
      throws IOException {
    try (ActionsIterator actions = new ActionsIterator(engine, log, TOMBSTONES, Optional.empty())) {
      while (actions.hasNext()) {
        ActionWrapper some = actions.next();
        ColumnarBatch batch = some.getColumnarBatch();
        ColumnVector removes = batch.getColumnVector(0);
        for (int row = 0; row < batch.getSize(); row++) {
          if (!removes.isNullAt(row)) {
            Row remove = StructRow.fromStructVector(removes, row);
            long time = removedAt(remove, some.getTimestamp());
            (time >= moment.toEpochMilli() ? needed : left)
                .add(relative(root, remove.getString(0)));
          }
        }
      }
    }
  }

  /** By the writer's clock or by when the commit appeared, whichever is later. */
  private static long removedAt(Row remove, Optional<Long> committed) {
    long said = remove.isNullAt(1) ? 0 : remove.getLong(1);
    return Math.max(said, committed.orElse(0L));
  }

  /** All that there are, newest first, as the iterator wants them. */
  private static List<FileStatus> commits(Engine engine, Snapshot newest) throws IOException {
    List<FileStatus> commits = new ArrayList<>();
    try (CloseableIterator<FileStatus> files =
        engine.getFileSystemClient().listFrom(FileNames.deltaFile(newest.getLogPath(), 0))) {
      while (files.hasNext()) {
        FileStatus file = files.next();
        if (FileNames.isPublishedDeltaFile(file.getPath())) {
          commits.add(file);
        }
      }
    }
    Collections.reverse(commits);
    return commits;
  }

  /**
   * A path as the log has it, "relative to the root or absolute", a URI with escapes; as the part
   * under the root if it is there, else as it is.
   */
  static String relative(String root, String logged) {
    String path = URI.create(logged).getPath();
    return path.startsWith(root + "/") ? path.substring(root.length() + 1) : path;
  }
}
