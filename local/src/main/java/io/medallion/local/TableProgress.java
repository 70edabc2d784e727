package io.medallion.local;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Counts a table's rows as its Delta log has them: what a reader of the table would count, not what
 * the job believes to have written.
 *
 * <p>What the table held before is read once, through Delta Kernel; from then on every {@link
 * #refresh} reads only the commits that came since. Local file system only. Not thread-safe.
 */
final class TableProgress {

  private static final int PATH = AddFile.SCHEMA_WITH_STATS.indexOf("path");

  private final Path log;
  private final Map<String, Long> rowsOfFiles = new HashMap<>();
  private long rows;
  private long nextVersion;
  private Optional<Instant> lastCommitBefore = Optional.empty();
  private Optional<Instant> lastCommit = Optional.empty();
  private Optional<Instant> firstIngestedTime = Optional.empty();

  private TableProgress(Path log) {
    this.log = log;
  }

  /** Starts with the table's present content; a table that does not exist yet has none. */
  static TableProgress open(Path table) {
    TableProgress progress = new TableProgress(table.resolve("_delta_log"));
    if (Files.isDirectory(progress.log)) {
      progress.readPresentContent(table);
    }
    return progress;
  }

  private void readPresentContent(Path table) {
    Engine engine = DefaultEngine.create(new Configuration());
    Snapshot snapshot = TableManager.loadSnapshot(LakeFolder.uri(table)).build(engine);
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            Row file = files.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
            add(
                CommitFile.Added.of(
                    file.getString(PATH),
                    file.getString(InternalScanFileUtils.ADD_FILE_STATS_ORDINAL)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the table " + table, e);
    }
    lastCommitBefore = Optional.of(Instant.ofEpochMilli(snapshot.getTimestamp(engine)));
    nextVersion = snapshot.getVersion() + 1;
  }

  /** Takes in the commits that came since the last call. */
  void refresh() {
    Path file = log.resolve(CommitFile.name(nextVersion));
    while (Files.exists(file)) {
      CommitFile commit;
      try {
        commit = CommitFile.read(file);
      } catch (IOException e) {
        if (Files.exists(log.resolve(CommitFile.name(nextVersion + 1)))) {
          throw new UncheckedIOException("Cannot read the commit " + file, e);
        }
        // The newest one may be half written: the next call reads it.
        return;
      }
      commit.removed().forEach(this::remove);
      commit.added().forEach(this::add);
      for (CommitFile.Added added : commit.added()) {
        noteIngested(added);
      }
      lastCommit = Optional.of(commit.time());
      nextVersion++;
      file = log.resolve(CommitFile.name(nextVersion));
    }
  }

  private void add(CommitFile.Added added) {
    Long before = rowsOfFiles.put(added.path(), added.rows());
    rows += added.rows() - (before == null ? 0 : before);
  }

  private void remove(String path) {
    Long removed = rowsOfFiles.remove(path);
    rows -= removed == null ? 0 : removed;
  }

  private void noteIngested(CommitFile.Added added) {
    Optional<Instant> time = added.firstIngestedTime();
    if (time.isPresent()
        && (firstIngestedTime.isEmpty() || time.get().isBefore(firstIngestedTime.get()))) {
      firstIngestedTime = time;
    }
  }

  long rows() {
    return rows;
  }

  /** The newest commit before {@link #open}. */
  Optional<Instant> lastCommitBefore() {
    return lastCommitBefore;
  }

  /** The newest commit since {@link #open}. */
  Optional<Instant> lastCommit() {
    return lastCommit;
  }

  /** When the job took in the first of the rows that were committed since {@link #open}. */
  Optional<Instant> firstIngestedTime() {
    return firstIngestedTime;
  }
}
