package io.medallion.maintenance.expire;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.DayColumn;
import io.medallion.maintenance.lake.TableContent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a version of a table that are older than is kept.
 *
 * @param files all whose rows are old, and nothing else
 * @param before so old are all rows in them: of days (UTC) that ended by then, or of windows
 * @param predicate the same in SQL
 */
record OldFiles(List<DataFile> files, Instant before, String predicate) {

  private static final String WINDOW_END = "windowEnd";

  OldFiles {
    files = List.copyOf(files);
  }

  /**
   * Reads the log.
   *
   * @throws IllegalArgumentException if the table has neither days nor windows
   */
  static OldFiles of(Engine engine, Snapshot table, Duration keep, Instant now) {
    TableContent content = TableContent.of(engine, table);
    LocalDate firstKept = now.minus(keep).atOffset(ZoneOffset.UTC).toLocalDate();
    Optional<DayColumn> days = DayColumn.of(table);
    if (days.isPresent()) {
      return ofDays(content, days.get(), firstKept);
    }
    if (table.getSchema().indexOf(WINDOW_END) < 0) {
      throw new IllegalArgumentException(
          "%s keeps everything: it is partitioned by no date, and its rows are of no windows."
              .formatted(table.getPath()));
    }
    return ofWindows(content, midnight(firstKept));
  }

  private static OldFiles ofDays(TableContent content, DayColumn days, LocalDate firstKept) {
    List<DataFile> old = new ArrayList<>();
    content.forEachFile(
        file -> {
          if (days.of(file).filter(firstKept::isAfter).isPresent()) {
            old.add(file);
          }
        });
    return new OldFiles(
        old, midnight(firstKept), "%s < DATE '%s'".formatted(days.name(), firstKept));
  }

  private static Instant midnight(LocalDate day) {
    return day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
  }

  /**
   * Of windows, a file has many: old are those whose windows are all old, and of none of which a
   * file that stays has a row. So a window is there as a whole or not at all.
   */
  private static OldFiles ofWindows(TableContent content, Instant end) {
    List<DataFile> old = new ArrayList<>();
    List<DataFile> kept = new ArrayList<>();
    content.forEachFile(file -> (isUpTo(file, end) ? old : kept).add(file));
    Instant firstKept = end.plusMillis(1);
    while (!kept.isEmpty()) {
      for (DataFile file : kept) {
        Instant first = file.min(WINDOW_END).orElse(Instant.MIN);
        firstKept = first.isBefore(firstKept) ? first : firstKept;
      }
      kept.clear();
      for (DataFile file : old) {
        if (!file.max(WINDOW_END).orElseThrow().isBefore(firstKept)) {
          kept.add(file);
        }
      }
      old.removeAll(kept);
    }
    Instant last =
        old.stream()
            .map(file -> file.max(WINDOW_END).orElseThrow())
            .max(Instant::compareTo)
            .orElse(end);
    return new OldFiles(old, last, "%s <= TIMESTAMP '%s'".formatted(WINDOW_END, last));
  }

  private static boolean isUpTo(DataFile file, Instant end) {
    return file.max(WINDOW_END).filter(last -> !last.isAfter(end)).isPresent();
  }

  long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** By the statistics. */
  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }
}
