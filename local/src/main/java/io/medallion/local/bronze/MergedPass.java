package io.medallion.local.bronze;

import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Runs of one partition that overlap, as compaction or a clock that went back over midnight leaves
 * them. A run is open only as long as its offsets are due.
 */
final class MergedPass implements Pass {

  /** Each holds a row group of its file in memory. */
  private static final int MOST_OPEN = 32;

  private record Open(FilePass pass, long offset) {}

  private final Function<Run, FilePass> opener;
  private final Deque<Run> waiting;
  private final PriorityQueue<Open> open =
      new PriorityQueue<>(Comparator.comparingLong(Open::offset));

  /** Whose row is shown; not among the open ones. */
  private FilePass current;

  /**
   * @param runs in the order of first offsets
   */
  MergedPass(List<Run> runs, Function<Run, FilePass> opener) {
    this.opener = opener;
    this.waiting = new ArrayDeque<>(runs);
  }

  @Override
  public boolean next() {
    if (current != null) {
      FilePass before = current;
      current = null;
      await(before);
    }
    while (!waiting.isEmpty()
        && (open.isEmpty() || waiting.peek().firstOffset() <= open.peek().offset())) {
      if (open.size() == MOST_OPEN) {
        throw new IllegalStateException(
            "More than %d stretches of bronze's files overlap at offset %d, so they are not read side by side: a tool that sorts otherwise has rewritten the table"
                .formatted(MOST_OPEN, waiting.peek().firstOffset()));
      }
      await(opener.apply(waiting.poll()));
    }
    if (!open.isEmpty()) {
      current = open.poll().pass();
    }
    return current != null;
  }

  private void await(FilePass pass) {
    if (pass.next()) {
      open.add(new Open(pass, pass.row().bigint(StoredRecord.OFFSET)));
    } else {
      pass.close();
    }
  }

  @Override
  public RowCursor row() {
    return current.row();
  }

  @Override
  public void close() {
    open.forEach(each -> each.pass().close());
    open.clear();
    if (current != null) {
      current.close();
    }
  }
}
