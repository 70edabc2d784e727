package io.medallion.local;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of all tables of a lake, in total and since this object was made.
 *
 * <p>Not thread-safe.
 */
final class LakeProgress {

  /** The tables' folders that every lake has. */
  private static final List<String> BEFORE_GOLD =
      List.of("bronze", "silver", "quarantine", "late", "gaps");

  private final Map<String, TableProgress> tables = new LinkedHashMap<>();
  private final TableRows before;

  LakeProgress(LakeFolder lake, Contract contract) {
    tables(contract)
        .forEach(name -> tables.put(name, TableProgress.open(lake.root().resolve(name))));
    before = rows();
  }

  /** The tables' folders under the lake's root; their names in the summary too. */
  static List<String> tables(Contract contract) {
    return Stream.concat(BEFORE_GOLD.stream(), contract.gold().stream().map(GoldTable::path))
        .toList();
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
