package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Where the windows of a gold table are: gold is not partitioned, and the audit goes by days. */
final class GoldIndex {

  private final Optional<TableVersion> table;
  private final NavigableMap<LocalDate, List<DataFile>> files = new TreeMap<>();
  private long lastEnd = Long.MIN_VALUE;
  private long windowSize;

  private GoldIndex(Optional<TableVersion> table) {
    this.table = table;
  }

  static GoldIndex of(Optional<TableVersion> table) {
    GoldIndex index = new GoldIndex(table);
    table.ifPresent(version -> version.files().forEach(file -> index.read(version, file)));
    return index;
  }

  private void read(TableVersion version, DataFile file) {
    Set<LocalDate> days = new HashSet<>();
    version.read(
        List.of(file),
        Gold.WINDOW,
        row -> {
          long end = row.bigint(Gold.WINDOW_END);
          days.add(dayOf(end));
          lastEnd = Math.max(lastEnd, end);
          windowSize = end - row.bigint(Gold.WINDOW_START);
        });
    days.forEach(day -> files.computeIfAbsent(day, d -> new ArrayList<>()).add(file));
  }

  /** The day in which a window that ends there has its last moment. */
  static LocalDate dayOf(long windowEnd) {
    return Micros.date(windowEnd - 1);
  }

  Set<LocalDate> days() {
    return files.keySet();
  }

  /** The end of the last window, microseconds; the least number if there is none. */
  long lastEnd() {
    return lastEnd;
  }

  /** Microseconds; 0 if there is no window. */
  long windowSize() {
    return windowSize;
  }

  /** Reads the windows that have their last moment on the day. */
  void read(LocalDate day, List<String> columns, Consumer<RowCursor> reader) {
    List<DataFile> ofDay = files.getOrDefault(day, List.of());
    table.ifPresent(
        version ->
            version.read(
                ofDay,
                columns,
                row -> {
                  if (dayOf(row.bigint(Gold.WINDOW_END)).equals(day)) {
                    reader.accept(row);
                  }
                }));
  }
}
