package io.medallion.maintenance.lake;

import io.medallion.contract.Contract;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.hub.GapTable;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables that a lake of a contract has, whether or not they exist yet.
 *
 * @param gold in the contract's order
 */
public record LakeTables(
    Contract contract,
    TableDefinition bronze,
    TableDefinition silver,
    TableDefinition quarantine,
    TableDefinition late,
    TableDefinition gaps,
    List<TableDefinition> gold) {

  public LakeTables {
    gold = List.copyOf(gold);
  }

  /** The tables of lakes of that contract. */
  public static LakeTables of(Contract contract) {
    // Neither the windows' size nor the rules are part of what a table is.
    return new LakeTables(
        contract,
        TableDefinition.of(BronzeTable.table()),
        TableDefinition.of(SilverTable.table(contract)),
        TableDefinition.of(QuarantineTable.table(Rules.of(contract))),
        TableDefinition.of(LateTable.table(contract, new TumblingWindows(1))),
        TableDefinition.of(GapTable.table()),
        IntStream.range(0, contract.gold().size())
            .mapToObj(index -> TableDefinition.of(GoldTableEncoder.table(contract, index)))
            .toList());
  }

  /** From bronze to gold. */
  public List<TableDefinition> all() {
    return Stream.concat(Stream.of(bronze, silver, quarantine, late, gaps), gold.stream()).toList();
  }

  /** The table of a {@link TableDefinition#path}; empty if there is none. */
  public Optional<TableDefinition> ofPath(String path) {
    return all().stream().filter(table -> table.path().equals(path)).findFirst();
  }
}
