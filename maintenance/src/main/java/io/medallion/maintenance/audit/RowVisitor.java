package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.Partition;

/** Compares rows as they should be with rows as they are. */
interface RowVisitor {

  /** Whether rows of a record are compared. */
  boolean wants(Partition partition, long offset);

  /**
   * Takes {@link JudgedTable#expected}: a row as it should be.
   *
   * @param candidate number of the contract that says so
   * @param counted the columns to compare
   */
  void expected(
      JudgedTable table, Partition partition, long place, int candidate, boolean[] counted);

  /** Takes {@link JudgedTable#found}: a row as it is. */
  void found(JudgedTable table, Partition partition, long place, boolean[] counted);
}
