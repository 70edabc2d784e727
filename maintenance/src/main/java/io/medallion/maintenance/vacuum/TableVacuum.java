package io.medallion.maintenance.vacuum;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.TableConfig;
import io.medallion.cli.Ticker;
import io.medallion.delta.PlainTable;
import io.medallion.delta.SinkFiles;
import io.medallion.maintenance.lake.TableLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Deletes the files under a table's folder that {@link FileRules} lets go. The log is not touched,
 * and no commit is made.
 *
 * <p>The listing is streamed: in memory are the paths of the files that are needed, and those of
 * the next {@value #FILES_AT_ONCE} to delete. Before those are deleted, the log is looked at again,
 * and they are decided on anew if it has grown: a rollback may have brought some back. Only one
 * that is committed while they are being deleted would find files gone that it had found there.
 *
 * <p>Stopped at any point, it has deleted some of the files that may go; the next run goes on.
 */
public final class TableVacuum {

  private static final int FILES_AT_ONCE = 1_000;

  private final TableLocation location;
  private final Duration retention;
  private final Clock clock;
  private final Ticker ticker;
  private final Engine engine;

  private FileRules rules;
  private long version;

  /**
   * @param retention versions that were the newest so long ago or later stay readable
   */
  public TableVacuum(TableLocation location, Duration retention, Clock clock, Ticker ticker) {
    this.location = location;
    this.retention = retention;
    this.clock = clock;
    this.ticker = ticker;
    this.engine = location.engine();
  }

  /** A file that may go. */
  private record Candidate(Path path, String relative, Instant modified, long bytes) {}

  /**
   * Runs once; empty if there is no such table.
   *
   * @param delete whether files are deleted, or only counted
   * @throws io.medallion.delta.TableConflictException if the table has features that are not known
   *     here
   * @throws IOException if storage fails; what was deleted till then is gone
   */
  public Optional<VacuumResult> run(boolean delete) throws IOException, InterruptedException {
    Optional<Snapshot> newest = location.newest(engine);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    look(newest.get());
    VacuumResult result = new VacuumResult();
    Path root = new Path(location.path());
    FileSystem storage = root.getFileSystem(location.hadoop());
    String rootPath = root.toUri().getPath();
    List<Candidate> candidates = new ArrayList<>();
    List<Path> folders = new ArrayList<>(List.of(root));
    while (!folders.isEmpty()) {
      RemoteIterator<FileStatus> files = list(storage, folders.remove(folders.size() - 1));
      while (files != null && files.hasNext()) {
        FileStatus file = files.next();
        ticker.tick();
        if (isHidden(file.getPath().getName())) {
          continue;
        }
        if (file.isDirectory()) {
          folders.add(file.getPath());
          continue;
        }
        Candidate candidate =
            new Candidate(
                file.getPath(),
                References.relative(rootPath, file.getPath().toUri().getRawPath()),
                Instant.ofEpochMilli(file.getModificationTime()),
                file.getLen());
        Verdict verdict = verdict(candidate);
        if (verdict.isDeleted()) {
          candidates.add(candidate);
        } else {
          result.add(verdict, candidate.bytes());
        }
        if (candidates.size() == FILES_AT_ONCE) {
          finish(storage, candidates, delete, result);
        }
      }
    }
    finish(storage, candidates, delete, result);
    return Optional.of(result);
  }

  /** Null if the folder is not there any more. */
  private static RemoteIterator<FileStatus> list(FileSystem storage, Path folder)
      throws IOException {
    try {
      return storage.listStatusIterator(folder);
    } catch (FileNotFoundException gone) {
      return null;
    }
  }

  /** What Delta leaves alone too, the log among it; but not the folders of such a column. */
  private static boolean isHidden(String name) {
    return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
  }

  private void finish(
      FileSystem storage, List<Candidate> candidates, boolean delete, VacuumResult result)
      throws IOException, InterruptedException {
    if (candidates.isEmpty()) {
      return;
    }
    if (delete) {
      Optional<Snapshot> newest = location.newest(engine);
      if (newest.isEmpty()) {
        throw new IOException(location + " is gone: its log was removed meanwhile");
      }
      if (newest.get().getVersion() != version) {
        look(newest.get());
      }
    }
    for (Candidate candidate : candidates) {
      Verdict verdict = verdict(candidate);
      if (verdict.isDeleted() && delete) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!storage.delete(candidate.path(), false)) {
          requireGone(storage, candidate.path());
          continue;
        }
      }
      result.add(verdict, candidate.bytes());
    }
    candidates.clear();
  }

  /** By somebody else; a local disk says no more than that it did not delete if it may not. */
  private static void requireGone(FileSystem storage, Path file) throws IOException {
    if (storage.exists(file)) {
      throw new IOException(file + " was not deleted. Look at the permissions of its folder.");
    }
  }

  private Verdict verdict(Candidate file) {
    return rules.verdict(file.relative(), file.path().getName(), file.modified());
  }

  private void look(Snapshot newest) throws IOException {
    PlainTable.require(newest);
    Instant now = clock.instant();
    version = newest.getVersion();
    rules =
        new FileRules(
            References.since(now.minus(retention), now, engine, newest),
            SinkFiles.of(newest, location.path(), location.table().sink(), location.settings()),
            now,
            retention,
            Duration.ofMillis(TableConfig.LOG_RETENTION.fromMetadata(newest.getMetadata())));
  }
}
