package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Reads a gold table into the view: the newest 30 days of it. */
final class GoldRows implements TableRows {

  private static final Duration RETENTION = Duration.ofDays(30);

  private final GoldView view;
  private Instant newest = Instant.MIN;

  GoldRows(GoldView view) {
    this.view = view;
  }

  @Override
  public void clear() {
    view.clear();
    newest = Instant.MIN;
  }

  @Override
  public void consider(DataFile file) {
    Optional<Instant> end = file.max("windowEnd");
    if (end.isPresent() && end.get().isAfter(newest)) {
      newest = end.get();
    }
  }

  @Override
  public void read(TableContent table, LongConsumer progress) {
    // A file without statistics may hold anything.
    Instant oldest = newest.equals(Instant.MIN) ? newest : newest.minus(RETENTION);
    table.forEachFile(
        file -> {
          if (file.max("windowEnd").orElse(Instant.MAX).isAfter(oldest)) {
            append(table, List.of(file));
          }
          progress.accept(file.rows());
        });
    view.readWhole();
  }

  @Override
  public void append(TableContent table, List<DataFile> files) {
    table.read(files, view.columns().names(), view::add);
    view.changed();
  }
}
