package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.GoldTable;
import io.medallion.job.table.LakeContract;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableVersion;
import java.util.List;
import java.util.Optional;

/**
 * The versions of the lake's contract before the one that counts, as far as the lake has them. A
 * column that one of them had otherwise, or not at all, may be otherwise or null in rows of that
 * time, and of windows that were open when it ended: which rows these are, tables do not tell.
 */
record EarlierContracts(List<Contract> contracts) {

  EarlierContracts {
    contracts = List.copyOf(contracts);
  }

  static EarlierContracts of(LakeVersion lake) {
    TableVersion silver = lake.tables().get(lake.definitions().silver());
    return new EarlierContracts(
        silver == null
            ? List.of()
            : LakeContract.earlier(silver.snapshot().getTableProperties()).entrySet().stream()
                .map(
                    text ->
                        ContractReader.read(
                            "version %d of the lake's contract".formatted(text.getKey()),
                            text.getValue()))
                .toList());
  }

  /**
   * Whether the lake says what its contract is: one that no release with contracts has run on does
   * not.
   */
  static boolean isKnown(LakeVersion lake) {
    TableVersion silver = lake.tables().get(lake.definitions().silver());
    return silver != null && LakeContract.isWhole(silver.snapshot().getTableProperties());
  }

  boolean hadOtherwise(DerivedColumn column) {
    return contracts.stream()
        .anyMatch(
            contract ->
                contract
                    .derived(column.name())
                    .filter(earlier -> earlier.formula().text().equals(column.formula().text()))
                    .isEmpty());
  }

  boolean hadOtherwise(GoldTable table, GoldTable.Column column) {
    return contracts.stream()
        .anyMatch(
            contract ->
                earlier(contract, table, column.name())
                    .filter(earlier -> earlier.aggregate().equals(column.aggregate()))
                    .isEmpty());
  }

  /** Whether one of them did not have the table. */
  boolean lacked(GoldTable table) {
    return contracts.stream()
        .anyMatch(
            contract ->
                contract.gold().stream().noneMatch(other -> other.name().equals(table.name())));
  }

  private static Optional<GoldTable.Column> earlier(
      Contract contract, GoldTable table, String column) {
    return contract.gold().stream()
        .filter(earlier -> earlier.name().equals(table.name()))
        .flatMap(earlier -> earlier.columns().stream())
        .filter(earlier -> earlier.name().equals(column))
        .findFirst();
  }
}
