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
import java.util.Comparator;
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
    List<DataFile> files = new ArrayList<>();
    content.forEachFile(files::add);
    List<DataFile> old = ofWholeWindows(files, end);
    Instant last = old.isEmpty() ? end : lastWindow(old.get(0));
    return new OldFiles(old, last, "%s <= TIMESTAMP '%s'".formatted(WINDOW_END, last));
  }

  /** Of all files of a table, those that are old; those of the youngest windows first. */
  static List<DataFile> ofWholeWindows(List<DataFile> files, Instant end) {
    List<DataFile> youngestFirst = new ArrayList<>();
    Instant firstKept = end.plusMillis(1);
    for (DataFile file : files) {
      if (isUpTo(file, end)) {
        youngestFirst.add(file);
      } else {
        firstKept = earlier(firstKept, firstWindow(file));
      }
    }
    youngestFirst.sort(Comparator.comparing(OldFiles::lastWindow).reversed());
    int stay = 0;
    while (stay < youngestFirst.size()
        && !lastWindow(youngestFirst.get(stay)).isBefore(firstKept)) {
      firstKept = earlier(firstKept, firstWindow(youngestFirst.get(stay)));
      stay++;
    }
    return youngestFirst.subList(stay, youngestFirst.size());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** If it is not known, it may be any. */
  private static Instant firstWindow(DataFile file) {
    return file.min(WINDOW_END).orElse(Instant.MIN);
  }

  private static Instant lastWindow(DataFile file) {
    return file.max(WINDOW_END).orElseThrow();
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
