package io.medallion.maintenance.audit;

import io.medallion.maintenance.audit.derive.BlockSums.Block;
import io.medallion.maintenance.audit.derive.RowValues;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Partition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the rows of a few blocks one by one, and tells which column of which row is wrong. */
final class DetailVisitor implements RowVisitor {

  /** A bound on memory: of a block of records with many events each, not all rows are compared. */
  private static final int MOST_ROWS = 100_000;

  private final Set<Block> blocks;
  private final EventPlaces places;
  private final Findings findings;
  private final Map<Key, List<RowValues>> expected = new LinkedHashMap<>();

  private record Key(String table, Partition partition, long place) {}

  DetailVisitor(Set<Block> blocks, EventPlaces places, Findings findings) {
    this.blocks = blocks;
    this.places = places;
    this.findings = findings;
  }

  @Override
  public boolean wants(Partition partition, long offset) {
    return blocks.contains(Block.of(partition, offset));
  }

  @Override
  public void expected(
      JudgedTable table, Partition partition, long place, int candidate, boolean[] counted) {
    Key key = new Key(table.name(), partition, place);
    if (expected.size() < MOST_ROWS || expected.containsKey(key)) {
      expected.computeIfAbsent(key, k -> new ArrayList<>()).add(table.expected().copy());
    }
  }

  @Override
  public void found(JudgedTable table, Partition partition, long place, boolean[] counted) {
    List<RowValues> candidates = expected.remove(new Key(table.name(), partition, place));
    if (candidates == null
        || candidates.stream().anyMatch(row -> row.difference(table.found(), counted) < 0)) {
      return;
    }
    RowValues row = candidates.get(0);
    int column = row.difference(table.found(), counted);
    findings.violation(
        "%s, %s %s: %s is %s, the record says %s",
        table.name(),
        partition,
        places.text(place),
        row.columns().get(column).getName(),
        table.found().shown(column),
        row.shown(column));
  }

  /** To be called when all rows were seen. */
  void end() {
    expected
        .keySet()
        .forEach(
            key ->
                findings.violation(
                    "%s, %s %s: there is no row that the record says",
                    key.table(), key.partition(), places.text(key.place())));
  }
}
