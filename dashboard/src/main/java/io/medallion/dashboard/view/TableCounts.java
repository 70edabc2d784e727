package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableCommit;
import io.medallion.maintenance.lake.TableContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/**
 * What a table's log tells of its size and its growth, without reading a data file. Thread-safe.
 */
final class TableCounts {

  /** Of which the rows are kept, one by one. */
  static final int RECENT_COMMITS = 40;

  private static final int COMMITS_OF_RATE = 5;
  private static final Duration SHORTEST_RATE = Duration.ofSeconds(10);
  private static final Duration LONGEST_RATE = Duration.ofMinutes(30);

  private final String name;
  private final Deque<Added> recent = new ArrayDeque<>();
  private boolean present;
  private long version;
  private long files;
  private long rows;
  private long bytes;
  private Optional<Instant> committed = Optional.empty();
  private String operation = "";
  private Optional<String> problem = Optional.empty();

  private record Added(Instant time, long rows) {}

  TableCounts(String name) {
    this.name = name;
  }

  synchronized void absent() {
    present = false;
    version = 0;
    files = 0;
    rows = 0;
    bytes = 0;
    committed = Optional.empty();
    operation = "";
    recent.clear();
  }

  /**
   * @param all the table's files, added up
   * @param commits the last ones
   */
  synchronized void content(TableContent table, Total all, Collection<TableCommit> commits) {
    present = true;
    version = table.version();
    files = all.files;
    rows = all.rows;
    bytes = all.bytes;
    committed = Optional.of(table.committed());
    recent.clear();
    commits.forEach(this::note);
  }

  synchronized void appended(TableCommit commit) {
    version = commit.version();
    for (DataFile file : commit.added()) {
      files++;
      rows += file.rows();
      bytes += file.bytes();
    }
    note(commit);
  }

  private void note(TableCommit commit) {
    committed = Optional.of(commit.committed());
    operation = commit.operation();
    // Rows that were there before are no growth.
    recent.addLast(
        new Added(
            commit.committed(), commit.effect() == TableCommit.Effect.APPEND ? commit.rows() : 0));
    if (recent.size() > RECENT_COMMITS) {
      recent.removeFirst();
    }
  }

  synchronized void problem(Optional<String> text) {
    problem = text;
  }

  synchronized TableState at(Instant now) {
    return new TableState(
        name,
        present,
        version,
        files,
        rows,
        bytes,
        rate(now),
        committed,
        operation,
        recent.stream().map(Added::rows).toList(),
        problem);
  }

  /** Over a time that has the last few commits in it if they come as they did. */
  private double rate(Instant now) {
    if (recent.size() < 2) {
      return 0;
    }
    Duration between =
        Duration.between(recent.peekFirst().time(), recent.peekLast().time())
            .dividedBy(recent.size() - 1L);
    Duration span = between.multipliedBy(COMMITS_OF_RATE);
    span = span.compareTo(SHORTEST_RATE) < 0 ? SHORTEST_RATE : span;
    span = span.compareTo(LONGEST_RATE) > 0 ? LONGEST_RATE : span;
    Instant since = now.minus(span);
    long added =
        recent.stream().filter(each -> each.time().isAfter(since)).mapToLong(Added::rows).sum();
    return added / (span.toMillis() / 1e3);
  }

  /** Adds up files. */
  static final class Total {
    private long files;
    private long rows;
    private long bytes;

    void add(DataFile file) {
      files++;
      rows += file.rows();
      bytes += file.bytes();
    }

    long rows() {
      return rows;
    }
  }
}
