package io.medallion.maintenance.audit;

import io.medallion.contract.Aggregate;
import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.GoldTable;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableVersion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The rows of a table of gold, by the day of their window: gold is not partitioned, and the audit
 * goes by days.
 */
final class GoldRows {

  static final int WINDOW_START = 0;
  static final int WINDOW_END = 1;

  private static final List<String> WINDOW = List.of("windowStart", "windowEnd");
  private static final Aggregate EVENT_COUNT = new Aggregate(Function.COUNT, List.of());

  private final GoldTable table;
  private final Optional<TableVersion> version;
  private final List<String> columns = new ArrayList<>(WINDOW);

  /** The place of the first of the {@link GoldTable#columns}. */
  private final int first;

  /** The place of the number of events; −1 if there is none. */
  private final int eventCount;

  private final NavigableMap<LocalDate, List<DataFile>> files = new TreeMap<>();
  private long lastEnd = Long.MIN_VALUE;
  private long windowSize;

  /** Where the first window begins that the table has numbers of. */
  private long completeFrom = Long.MIN_VALUE;

  /**
   * Reads the windows' times of all rows.
   *
   * @param isAddedLater whether the job had events before it had the table: windows that had begun
   *     then have rows without any value, or none
   */
  GoldRows(GoldTable table, Optional<TableVersion> version, boolean isAddedLater) {
    this.table = table;
    this.version = version;
    table.by().ifPresent(columns::add);
    this.first = columns.size();
    table.columns().forEach(column -> columns.add(column.name()));
    this.eventCount = places(EVENT_COUNT::equals).findFirst().orElse(-1);
    version.ifPresent(content -> content.files().forEach(file -> read(content, file)));
    if (isAddedLater) {
      completeFrom = Long.MAX_VALUE;
      version.ifPresent(content -> content.read(content.files(), columns, this::completeFrom));
    }
  }

  private void completeFrom(RowCursor row) {
    if (!IntStream.range(first, columns.size()).allMatch(row::isNull)) {
      completeFrom = Math.min(completeFrom, row.bigint(WINDOW_START));
    }
  }

  private void read(TableVersion content, DataFile file) {
    Set<LocalDate> days = new HashSet<>();
    content.read(
        List.of(file),
        WINDOW,
        row -> {
          long end = row.bigint(WINDOW_END);
          days.add(dayOf(end));
          lastEnd = Math.max(lastEnd, end);
          windowSize = end - row.bigint(WINDOW_START);
        });
    days.forEach(day -> files.computeIfAbsent(day, d -> new ArrayList<>()).add(file));
  }

  /** The day in which a window that ends there has its last moment. */
  private static LocalDate dayOf(long windowEnd) {
    return Micros.date(windowEnd - 1);
  }

  GoldTable table() {
    return table;
  }

  /** What was removed because it was old. */
  Expired expired() {
    return version.map(TableVersion::expired).orElse(Expired.NOTHING);
  }

  /** The days of all windows. */
  Set<LocalDate> days() {
    return files.keySet();
  }

  /** The end of the last window, microseconds; the least number if there is none. */
  long lastEnd() {
    return lastEnd;
  }

  /** Whether the table had been there when the window began. */
  boolean hasAllOf(long windowStart) {
    return windowStart >= completeFrom;
  }

  /** Microseconds; 0 if there is no window. */
  long windowSize() {
    return windowSize;
  }

  /** Reads the rows whose windows have their last moment on the day. */
  void read(LocalDate day, Consumer<RowCursor> reader) {
    List<DataFile> ofDay = files.getOrDefault(day, List.of());
    version.ifPresent(
        content ->
            content.read(
                ofDay,
                columns,
                row -> {
                  if (dayOf(row.bigint(WINDOW_END)).equals(day)) {
                    reader.accept(row);
                  }
                }));
  }

  /** All columns of the rows, in their order. */
  List<String> columns() {
    return List.copyOf(columns);
  }

  /** Where in a row one of the {@link GoldTable#columns} is. */
  int place(int column) {
    return first + column;
  }

  /** The number of events that a row tells; empty if the table does not, or did not yet. */
  OptionalLong events(RowCursor row) {
    return eventCount < 0 || row.isNull(eventCount)
        ? OptionalLong.empty()
        : OptionalLong.of(row.bigint(eventCount));
  }

  /** Where in a row the number of keys is. */
  IntStream keyCounts() {
    return places(aggregate -> aggregate.function() == Function.COUNT_DISTINCT);
  }

  private IntStream places(Predicate<Aggregate> wanted) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> wanted.test(table.columns().get(i).aggregate()))
        .map(this::place);
  }

  /** The value of the column that the rows are by; an empty text over everything. */
  String group(RowCursor row) {
    return table.by().isPresent() ? String.valueOf(row.text(WINDOW.size())) : "";
  }

  /** Names a row for people. */
  String place(RowCursor row) {
    return place(row.bigint(WINDOW_START), row.bigint(WINDOW_END), group(row));
  }

  String place(long start, long end, String group) {
    String window = table.name() + " " + Micros.text(start, end);
    return table.by().isPresent() ? "%s '%s'".formatted(window, group) : window;
  }
}
