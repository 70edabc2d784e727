package io.medallion.maintenance.lake;

import io.delta.kernel.types.StructType;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.delta.DeltaSchemas;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.hub.GapTable;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The tables of a lake of weather, as the job defines them. */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes a definition
public enum TableKind {
  // Neither the windows' size nor the rules are part of what a table is.
  BRONZE(BronzeTable.table()),
  SILVER(SilverTable.table(Weather.CONTRACT)),
  QUARANTINE(QuarantineTable.table(Rules.of(Weather.CONTRACT))),
  LATE(LateTable.table(Weather.CONTRACT, new TumblingWindows(1))),
  GAPS(GapTable.table()),
  BY_STATION(GoldTableEncoder.table(Weather.CONTRACT, 0)),
  SUMMARY(GoldTableEncoder.table(Weather.CONTRACT, 1));

  private static final class Weather {
    private static final Contract CONTRACT = ContractReader.standard();
  }

  /** Columns that tables of the first release lack until the job is started on them. */
  private static final Set<String> ADDED =
      Set.of("key", "headers", "timestampType", "silver.eventHub", "late.eventHub");

  /** The table of a {@link #path}; empty if there is none. */
  public static Optional<TableKind> ofPath(String path) {
    return Stream.of(values()).filter(table -> table.path().equals(path)).findFirst();
  }

  private final LakeTable<?> definition;

  TableKind(LakeTable<?> definition) {
    this.definition = definition;
  }

  /** The name of the sink that writes the table, in the table's history. */
  public String sink() {
    return definition.name();
  }

  /** The table's folder under the lake's root; its name for people too. */
  public String path() {
    return definition.path();
  }

  public StructType schema() {
    return DeltaSchemas.toDelta(definition.rowType());
  }

  /** Whether a table of the first release may lack the column. */
  public boolean isAddedLater(String column) {
    return ADDED.contains(column) || ADDED.contains(path() + "." + column);
  }

  public List<String> partitionColumns() {
    return definition.partitionColumn().stream().toList();
  }
}
