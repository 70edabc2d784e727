package io.medallion.local;

import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds out when bronze has as many rows of one Event Hub as it should. It may have rows of earlier
 * ones, and get some more of them when the job goes on from a checkpoint.
 *
 * <p>Rows are counted by their column {@code eventHub}, but only when the number of all rows allows
 * that there are enough: a few times in a run.
 */
final class HubRows {

  private final LongSupplier count;

  /** Rows of the Event Hub when they were last counted, and no more than all rows then. */
  private long counted;

  private long allThen;

  /**
   * @param count of the rows that bronze has now
   */
  HubRows(LongSupplier count) {
    this.count = count;
  }

  /**
   * Looks into the tables of a lake.
   *
   * @param eventHub the name that the lake has for it
   */
  static HubRows of(LakeFolder lake, String eventHub) {
    return new HubRows(() -> count(lake, eventHub));
  }

  private static long count(LakeFolder lake, String eventHub) {
    LakeVersion tables = Lake.at(lake.root().toString()).openNewest();
    TableDefinition bronze = tables.definitions().bronze();
    if (!tables.tables().containsKey(bronze)) {
      return 0;
    }
    long[] rows = {0};
    tables
        .tables()
        .get(bronze)
        .read(
            tables.files(bronze),
            List.of("eventHub"),
            row -> rows[0] += eventHub.equals(row.text(0)) ? 1 : 0);
    return rows[0];
  }

  /**
   * Whether bronze has that many.
   *
   * @param all rows that bronze has, of any Event Hub
   */
  boolean areAtLeast(long wanted, long all) {
    if (counted + (all - allThen) < wanted) {
      return false;
    }
    allThen = all;
    counted = count.getAsLong();
    return counted >= wanted;
  }
}
