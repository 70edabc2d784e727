package io.medallion.local;

import io.medallion.cli.Figures;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableTail;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records that a replay has committed, and says now and then how many they are. */
final class ReplayedRows {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayedRows.class);
  private static final long LOOKED_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SAID_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final TableTail bronze;
  private final long expected;
  private final PrintStream err;
  private long rows;
  private long looked = System.nanoTime();
  private long said = System.nanoTime();

  ReplayedRows(Lake target, TableDefinition bronze, long expected, PrintStream err) {
    this.bronze = target.follow(bronze, 1);
    this.expected = expected;
    this.err = err;
  }

  /**
   * Takes in the new commits, looking once a second at most; returns how many rows there are. A
   * look that fails is repeated: the job itself says what it cannot do.
   */
  long refresh() {
    if (System.nanoTime() - looked < LOOKED_EVERY_NANOS) {
      return rows;
    }
    looked = System.nanoTime();
    try {
      for (Optional<TableTail.Change> change = bronze.poll();
          change.isPresent();
          change = bronze.poll()) {
        take(change.get());
      }
    } catch (RuntimeException e) {
      LOG.info("Cannot look how far the replay is; it is tried again", e);
    }
    if (System.nanoTime() - said > SAID_EVERY_NANOS) {
      said = System.nanoTime();
      err.println(
          "replayed  %s of %s records".formatted(Figures.count(rows), Figures.count(expected)));
    }
    return rows;
  }

  private void take(TableTail.Change change) {
    if (change instanceof TableTail.Change.Content content) {
      rows = 0;
      content.table().forEachFile(file -> rows += file.rows());
    } else if (change instanceof TableTail.Change.Appended appended) {
      rows += appended.commit().rows();
    }
  }
}
