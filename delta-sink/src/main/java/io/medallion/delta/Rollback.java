package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What it takes to put a table back to the version before the first commit of a sink that is not in
 * a run's past: files that came since are removed, files that went since are added again.
 *
 * <p>Like Delta's RESTORE it works on whole versions, so later commits of others are undone too.
 *
 * @param version the version that the table is put back to
 * @param actions the {@code add} and {@code remove} actions to commit
 */
record Rollback(long version, List<Row> actions) {

  private static final StructType TXN_ONLY =
      new StructType().add("txn", SetTransaction.FULL_SCHEMA);

  /** Throws {@link TableConflictException} if the table can't be put back that far any more. */
  static Rollback of(TableLog log, TableSpec table, Snapshot now, Lineage past) {
    long version = firstCommitNotIn(log, table, now, past) - 1;
    Snapshot then = loadThen(log, table, version);
    if (!then.getSchema().equivalent(now.getSchema())) {
      throw cannot(table, version, "its schema has changed since");
    }
    Map<String, AddFile> filesNow = files(log.engine(), now);
    Map<String, AddFile> filesThen = files(log.engine(), then);
    List<Row> actions = new ArrayList<>();
    filesNow.forEach(
        (key, file) -> {
          if (!filesThen.containsKey(key)) {
            actions.add(
                SingleAction.createRemoveFileSingleAction(
                    file.toRemoveFileRow(true, Optional.empty())));
          }
        });
    filesThen.forEach(
        (key, file) -> {
          if (!filesNow.containsKey(key)) {
            requireExists(table, version, file);
            actions.add(SingleAction.createAddFileSingleAction(file.toRow()));
          }
        });
    return new Rollback(version, actions);
  }

  private static long firstCommitNotIn(TableLog log, TableSpec table, Snapshot now, Lineage past) {
    long first = now.getVersion() + 1;
    long expected = now.getVersion();
    List<FileStatus> newestFirst = commits(log.engine(), table, now);
    for (FileStatus commit : newestFirst) {
      if (FileNames.deltaVersion(commit.getPath()) != expected) {
        break;
      }
      expected--;
      Optional<Boolean> known = isKnown(log, commit, past);
      if (known.isPresent() && known.get()) {
        return first;
      }
      if (known.isPresent()) {
        first = FileNames.deltaVersion(commit.getPath());
      }
    }
    if (expected >= 0) {
      throw new TableConflictException(
          table
              + " can't be rolled back: its log was cleaned below version "
              + (expected + 1)
              + ", and the last commit that the job knows is older. Restore the job from a newer"
              + " checkpoint or savepoint, or set the rewind policy to APPEND.");
    }
    return first;
  }

  private static List<FileStatus> commits(Engine engine, TableSpec table, Snapshot now) {
    List<FileStatus> commits = new ArrayList<>();
    String first = FileNames.deltaFile(now.getLogPath(), 0);
    try (CloseableIterator<FileStatus> files = engine.getFileSystemClient().listFrom(first)) {
      while (files.hasNext()) {
        FileStatus file = files.next();
        if (FileNames.isPublishedDeltaFile(file.getPath())
            && FileNames.deltaVersion(file.getPath()) <= now.getVersion()) {
          commits.add(0, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not list the log of " + table, e);
    }
    return commits;
  }

  /** Whether a commit of this sink is in the past; empty for commits of others. */
  private static Optional<Boolean> isKnown(TableLog log, FileStatus commit, Lineage past) {
    String prefix = log.applicationPrefix();
    try (CloseableIterator<ColumnarBatch> batches =
        log.engine()
            .getJsonHandler()
            .readJsonFiles(Utils.singletonCloseableIterator(commit), TXN_ONLY, Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getSize(); row++) {
          SetTransaction txn = SetTransaction.fromColumnVector(batch.getColumnVector(0), row);
          if (txn != null && txn.getAppId().startsWith(prefix)) {
            return Optional.of(
                past.includes(txn.getAppId().substring(prefix.length()), txn.getVersion()));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + commit.getPath(), e);
    }
  }

  private static Snapshot loadThen(TableLog log, TableSpec table, long version) {
    try {
      return log.load(version);
    } catch (KernelException cleaned) {
      throw cannot(table, version, "that version can't be read any more: " + cleaned.getMessage());
    }
  }

  private static Map<String, AddFile> files(Engine engine, Snapshot snapshot) {
    Map<String, AddFile> files = new LinkedHashMap<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            AddFile file =
                new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
            files.put(file.getPath() + file.getDeletionVector(), file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the files of " + snapshot.getPath(), e);
    }
    return files;
  }

  private static void requireExists(TableSpec table, long version, AddFile file) {
    Path path = new Path(new Path(table.path()), new Path(java.net.URI.create(file.getPath())));
    try {
      path.getFileSystem(table.hadoopConfiguration()).getFileStatus(path);
    } catch (FileNotFoundException vacuumed) {
      throw cannot(table, version, "its file " + path + " was vacuumed");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not look for " + path, e);
    }
  }

  private static TableConflictException cannot(TableSpec table, long version, String reason) {
    return new TableConflictException(
        table
            + " can't be rolled back to version "
            + version
            + ": "
            + reason
            + ". Restore the job from a newer checkpoint or savepoint, or set the rewind policy to"
            + " APPEND.");
  }
}
