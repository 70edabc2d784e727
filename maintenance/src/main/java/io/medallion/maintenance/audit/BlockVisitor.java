package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Partition;

/** Adds up all rows, block by block. */
record BlockVisitor(EventPlaces places) implements RowVisitor {

  @Override
  public boolean wants(Partition partition, long offset) {
    return true;
  }

  @Override
  public void expected(
      JudgedTable table, Partition partition, long place, int candidate, boolean[] counted) {
    table.sums().expect(partition, places.offset(place), candidate, table.expected().sum(counted));
  }

  @Override
  public void found(JudgedTable table, Partition partition, long place, boolean[] counted) {
    table.sums().find(partition, places.offset(place), table.found().sum(counted));
  }
}
