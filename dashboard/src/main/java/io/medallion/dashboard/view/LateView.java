package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The last events that came after their window had closed. Thread-safe. */
public final class LateView implements TableRows {

  static final int EVENTS = 20;

  private final List<String> columns;
  private final Deque<Late> events = new ArrayDeque<>();
  private Optional<DataFile> newest = Optional.empty();
  private long revision;

  /**
   * @param keyColumn the column that groups events
   */
  LateView(String keyColumn) {
    columns = List.of(keyColumn, "eventTime", "windowStart", "windowEnd", "latenessMillis");
  }

  /** A late event; times in microseconds since 1970. */
  public record Late(
      String key, long eventTime, long windowStart, long windowEnd, long latenessMillis) {}

  /** The last ones, newest first. */
  public record Summary(long revision, List<Late> events) {}

  @Override
  public synchronized void clear() {
    events.clear();
    newest = Optional.empty();
    revision++;
  }

  @Override
  public void consider(DataFile file) {
    if (newest.isEmpty() || file.modified() >= newest.get().modified()) {
      newest = Optional.of(file);
    }
  }

  @Override
  public void read(TableContent table, LongConsumer progress) {
    newest.ifPresent(file -> append(table, List.of(file)));
    newest = Optional.empty();
  }

  @Override
  public void append(TableContent table, List<DataFile> files) {
    table.read(files, columns, this::add);
    changed();
  }

  private synchronized void add(RowCursor row) {
    String key = row.text(0);
    events.addFirst(
        new Late(
            key == null ? "" : key, row.bigint(1), row.bigint(2), row.bigint(3), row.bigint(4)));
    if (events.size() > EVENTS) {
      events.removeLast();
    }
  }

  private synchronized void changed() {
    revision++;
  }

  public synchronized Summary summary() {
    return new Summary(revision, List.copyOf(events));
  }

  synchronized long revision() {
    return revision;
  }
}
