package io.medallion.local;

import io.medallion.maintenance.cli.Figures;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableTail;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Counts the records that a replay has committed, and says now and then how many they are. */
final class ReplayedRows {

  private static final long SAID_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final TableTail bronze;
  private final long expected;
  private final PrintStream err;
  private long rows;
  private long said = System.nanoTime();

  ReplayedRows(Lake target, TableDefinition bronze, long expected, PrintStream err) {
    this.bronze = target.follow(bronze, 1);
    this.expected = expected;
    this.err = err;
  }

  /** Takes in the commits that came since the last call; returns how many rows there are now. */
  long refresh() {
    bronze
        .poll()
        .ifPresent(
            change -> {
              if (change instanceof TableTail.Change.Content content) {
                rows = 0;
                content.table().forEachFile(file -> rows += file.rows());
              } else if (change instanceof TableTail.Change.Appended appended) {
                rows += rows(appended.commit().added());
              }
            });
    if (System.nanoTime() - said > SAID_EVERY_NANOS) {
      said = System.nanoTime();
      err.println(
          "replayed  %s of %s records".formatted(Figures.count(rows), Figures.count(expected)));
    }
    return rows;
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::rows).sum();
  }
}
