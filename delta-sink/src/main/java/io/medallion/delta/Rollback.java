package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
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
 * @param commits what the sink had committed then
 * @param firstAfter of each epoch that committed after that version, the first checkpoint
 * @param actions the {@code add} and {@code remove} actions to commit
 */
record Rollback(
    long version, SinkCommits commits, Map<String, Long> firstAfter, List<Row> actions) {

  /** Throws {@link TableConflictException} if the table can't be put back that far any more. */
  static Rollback of(TableLog log, TableSpec table, Snapshot now, Lineage past) {
    Map<Long, CommitId> later = new LinkedHashMap<>();
    Snapshot then = versionOf(log, table, now, past, later);
    long version = then.getVersion();
    if (!then.getSchema().equivalent(now.getSchema())) {
      throw cannot(table, version, "its schema has changed since");
    }
    Map<String, AddFile> filesNow = log.files(now);
    Map<String, AddFile> filesThen = log.files(then);
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
            actions.add(SingleAction.createAddFileSingleAction(TableLog.addAgain(file)));
          }
        });
    return new Rollback(version, commits(log, then), firstAfter(version, later), actions);
  }

  /**
   * The version that holds of the sink what is in a run's past. It is the one before the first
   * commit that is not, which has what others did before that; or, if rows were taken out before it
   * by something that is no commit of the sink, the one of the last commit that is.
   *
   * @param later is given the sink's commits since then, by version
   */
  private static Snapshot versionOf(
      TableLog log, TableSpec table, Snapshot now, Lineage past, Map<Long, CommitId> later) {
    long first = now.getVersion() + 1;
    for (long version = now.getVersion(); version >= 0; version--) {
      Optional<LogEntry> entry = log.entry(now, version);
      if (entry.isEmpty()) {
        throw new TableConflictException(
            table
                + " can't be rolled back: its log was cleaned below version "
                + (version + 1)
                + ", and the last commit that the job knows is older. Restore the job from a newer"
                + " checkpoint or savepoint, or set the rewind policy to APPEND.");
      }
      Optional<CommitId> commit = entry.get().commit();
      if (commit.isPresent()) {
        later.put(version, commit.get());
      }
      if (commit.isPresent() && past.includes(commit.get().epoch(), commit.get().checkpointId())) {
        Snapshot before = loadThen(log, table, first - 1);
        return holds(log, before, past) ? before : lastKnown(log, table, version, past);
      }
      if (commit.isPresent() || entry.get().putsTableBack()) {
        first = version;
      }
    }
    return loadThen(log, table, first - 1);
  }

  private static Map<String, Long> firstAfter(long version, Map<Long, CommitId> later) {
    Map<String, Long> first = new LinkedHashMap<>();
    later.forEach(
        (ofCommit, commit) -> {
          // Checkpoint 0 is that of a rollback.
          if (ofCommit > version && commit.checkpointId() > 0) {
            first.merge(commit.epoch(), commit.checkpointId(), Math::min);
          }
        });
    return first;
  }

  private static Snapshot lastKnown(TableLog log, TableSpec table, long version, Lineage past) {
    Snapshot then = loadThen(log, table, version);
    if (!holds(log, then, past)) {
      throw cannot(table, version, "it does not hold what the job's state holds either");
    }
    return then;
  }

  /** Whether a version has what the past has. The past has no checkpoint of its own epoch. */
  private static boolean holds(TableLog log, Snapshot then, Lineage past) {
    return commits(log, then).areKnownTo(past, 0);
  }

  private static SinkCommits commits(TableLog log, Snapshot then) {
    return log.owner(then).map(owner -> log.commits(then, owner)).orElseGet(SinkCommits::none);
  }

  private static Snapshot loadThen(TableLog log, TableSpec table, long version) {
    try {
      return log.load(version);
    } catch (KernelException cleaned) {
      throw cannot(table, version, "that version can't be read any more: " + cleaned.getMessage());
    }
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
