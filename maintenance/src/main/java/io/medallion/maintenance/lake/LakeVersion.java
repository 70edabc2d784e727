package io.medallion.maintenance.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a lake at one checkpoint.
 *
 * @param checkpoint the last one that the tables have; empty if no table has a row yet
 * @param definitions of all tables
 * @param tables those that exist, in the order of the definitions
 * @param before the tables at the checkpoint before, if the job may have died while it committed
 *     this one
 */
public record LakeVersion(
    Optional<Checkpoint> checkpoint,
    LakeTables definitions,
    Map<TableDefinition, TableVersion> tables,
    Optional<LakeVersion> before) {

  /** The rows of a table by its files' statistics; none if it does not exist. */
  public long rows(TableDefinition table) {
    return Optional.ofNullable(tables.get(table)).map(TableVersion::rows).orElse(0L);
  }

  /** The files of a table; none if it does not exist. */
  public List<DataFile> files(TableDefinition table) {
    return Optional.ofNullable(tables.get(table)).map(TableVersion::files).orElse(List.of());
  }

  /** What was removed from a table because it was old; nothing if it does not exist. */
  public Expired expired(TableDefinition table) {
    return Optional.ofNullable(tables.get(table))
        .map(TableVersion::expired)
        .orElse(Expired.NOTHING);
  }

  public List<TableDefinition> missing() {
    return definitions.all().stream().filter(table -> !tables.containsKey(table)).toList();
  }
}
