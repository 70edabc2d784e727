package io.medallion.local;

import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of all tables of a lake, in total and since this object was made.
 *
 * <p>Not thread-safe.
 */
final class LakeProgress {

  private final Map<String, TableProgress> tables = new LinkedHashMap<>();
  private final TableRows before;

  /**
   * @param of the lake by its contract
   */
  LakeProgress(LakeFolder lake, LakeTables of) {
    for (TableDefinition table : of.all()) {
      tables.put(table.path(), TableProgress.open(lake.root().resolve(table.path())));
    }
    before = rows();
  }

  /** Takes in the commits that came since the last call. */
  TableRows refresh() {
    tables.values().forEach(TableProgress::refresh);
    return rows();
  }

  TableRows rows() {
    Map<String, Long> rows = new LinkedHashMap<>();
    tables.forEach((name, table) -> rows.put(name, table.rows()));
    return new TableRows(rows);
  }

  /** What the tables held when this object was made. */
  TableRows before() {
    return before;
  }

  /** The newest commit to any table before this object was made. */
  Optional<Instant> lastCommitBefore() {
    return newest(TableProgress::lastCommitBefore);
  }

  /** The newest commit to any table since this object was made. */
  Optional<Instant> lastCommit() {
    return newest(TableProgress::lastCommit);
  }

  private Optional<Instant> newest(Function<TableProgress, Optional<Instant>> commit) {
    return tables.values().stream()
        .flatMap(table -> commit.apply(table).stream())
        .max(Comparator.naturalOrder());
  }

  /** When the job took in the first event since this object was made. */
  Optional<Instant> firstIngestedTime() {
    return tables.get("bronze").firstIngestedTime();
  }
}
