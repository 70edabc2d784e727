package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a table: its content, then every commit as it comes.
 *
 * <p>A look costs one request to storage, for the file of the next commit, however long the log is.
 * While none comes, the newest version is looked up anew once in {@value #CHECK_SECONDS} seconds:
 * that finds a log whose next commit was cleaned up already, and a table that was made anew.
 *
 * <p>Relies on a commit's file being complete when it appears, which {@code delta-sink} sees to on
 * local disks and Delta's log stores on others. Not thread-safe.
 */
public final class TableTail {

  private static final int CHECK_SECONDS = 30;

  private final Engine engine;
  private final String path;
  private final Clock clock;
  private TableContent content;
  private boolean absent;
  private long next;
  private Instant checked = Instant.MIN;

  /** What a look at the table found. */
  public sealed interface Change {

    /** There is no table, or no longer. */
    record Absent() implements Change {}

    /**
     * The table is to be taken in anew.
     *
     * @param sameRows whether its rows are those that were known, in other files
     */
    record Content(TableContent table, boolean sameRows) implements Change {}

    /** Rows were added, in files that the content reads. */
    record Appended(TableContent table, TableCommit commit) implements Change {}
  }

  TableTail(Engine engine, String path, Clock clock) {
    this.engine = engine;
    this.path = path;
    this.clock = clock;
  }

  /**
   * The next thing that happened to the table; empty if nothing did since the last call.
   *
   * @throws RuntimeException of Kernel or of storage; the next call looks again
   */
  public Optional<Change> poll() {
    if (content == null) {
      return open(false);
    }
    Optional<FileStatus> file = commitFile(next);
    if (file.isEmpty()) {
      return isCheckDue() ? check() : Optional.empty();
    }
    TableCommit commit = commit(next, file.get());
    if (commit.effect() != TableCommit.Effect.APPEND) {
      return open(commit.effect() == TableCommit.Effect.REARRANGEMENT);
    }
    next++;
    return Optional.of(new Change.Appended(content, commit));
  }

  /** Forgets the content, because it could not be read: the next look opens the table anew. */
  public void reset() {
    content = null;
  }

  /**
   * The last commits up to the content's version, oldest first: at most so many, and none that was
   * cleaned up.
   */
  public List<TableCommit> lastCommits(int most) {
    List<TableCommit> commits = new ArrayList<>();
    for (long version = Math.max(0, next - most); version < next; version++) {
      Optional<FileStatus> file = commitFile(version);
      if (file.isPresent()) {
        commits.add(commit(version, file.get()));
      }
    }
    return commits;
  }

  private Optional<Change> open(boolean sameRows) {
    Optional<Snapshot> newest = newest();
    checked = clock.instant();
    if (newest.isEmpty()) {
      boolean news = !absent;
      absent = true;
      content = null;
      return news ? Optional.of(new Change.Absent()) : Optional.empty();
    }
    // Of several commits since the last look, only the first one is known to keep the rows.
    boolean onlyOne = content != null && newest.get().getVersion() == next;
    absent = false;
    content = new TableContent(engine, newest.get());
    next = newest.get().getVersion() + 1;
    return Optional.of(new Change.Content(content, sameRows && onlyOne));
  }

  private boolean isCheckDue() {
    return clock.instant().isAfter(checked.plus(Duration.ofSeconds(CHECK_SECONDS)));
  }

  private Optional<Change> check() {
    Optional<Snapshot> newest = newest();
    checked = clock.instant();
    boolean asKnown =
        newest.isPresent()
            // A commit that came in this very moment is found by the next look.
            && (newest.get().getVersion() == next - 1 || commitFile(next).isPresent())
            && newest.get().getMetadata().getId().equals(content.snapshot().getMetadata().getId());
    return asKnown ? Optional.empty() : open(false);
  }

  private Optional<Snapshot> newest() {
    try {
      return Optional.of(TableManager.loadSnapshot(path).build(engine));
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  private TableCommit commit(long version, FileStatus file) {
    // A URI with its escapes, as Kernel's own scans have it: a folder may have a blank in its name.
    String root = new Path(content.snapshot().getPath()).toUri().toString();
    return TableCommit.read(engine, root, version, file);
  }

  private Optional<FileStatus> commitFile(long version) {
    String name = FileNames.deltaFile(content.snapshot().getLogPath(), version);
    try {
      return Optional.of(engine.getFileSystemClient().getFileStatus(name));
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for " + name, e);
    }
  }
}
