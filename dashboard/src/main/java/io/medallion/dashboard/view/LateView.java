package io.medallion.dashboard.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableContent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** A late event, as the API tells it. */
  public record Late(
      String key, Instant eventTime, Instant windowStart, Instant windowEnd, long latenessMillis) {}

  /** The last ones, newest first, as the API tells them. */
  public record Summary(@JsonIgnore long revision, List<Late> events) {}

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
        new Late(key == null ? "" : key, time(row, 1), time(row, 2), time(row, 3), row.bigint(4)));
    if (events.size() > EVENTS) {
      events.removeLast();
    }
  }

  private static Instant time(RowCursor row, int column) {
    return Instant.EPOCH.plus(row.bigint(column), ChronoUnit.MICROS);
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
