package io.medallion.maintenance.audit.derive;

import io.medallion.maintenance.lake.Partition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over the rows of each block of neighbouring records: rows that should be there and rows that
 * are there have the same sum, in whatever order they come. About 100 bytes a block.
 */
public final class BlockSums {

  /** How many records are in a block. */
  public static final int RECORDS = 4_096;

  private final int candidates;
  private final Map<Partition, Map<Long, long[]>> sums = new TreeMap<>();

  /** Neighbouring records of a partition, by their number. */
  public record Block(Partition partition, long number) {

    public static final Comparator<Block> ORDER =
        Comparator.comparing(Block::partition).thenComparing(Block::number);

    /** The block of a record. */
    public static Block of(Partition partition, long offset) {
      return new Block(partition, offset / RECORDS);
    }

    public long firstOffset() {
      return number * RECORDS;
    }

    public long lastOffset() {
      return firstOffset() + RECORDS - 1;
    }
  }

  /**
   * @param candidates how many things there may be that the rows could follow from: a block is
   *     right if its rows are those of one of them
   */
  public BlockSums(int candidates) {
    this.candidates = candidates;
  }

  /** Adds a row that should be there, if the rows follow from this candidate. */
  public void expect(Partition partition, long offset, int candidate, long sum) {
    of(partition, offset)[candidate] += sum;
  }

  /** Adds a row that is there. */
  public void find(Partition partition, long offset, long sum) {
    of(partition, offset)[candidates] += sum;
  }

  private long[] of(Partition partition, long offset) {
    return sums.computeIfAbsent(partition, p -> new HashMap<>())
        .computeIfAbsent(offset / RECORDS, block -> new long[candidates + 1]);
  }

  /** The blocks whose rows are those of no candidate, in order. */
  public List<Block> differing() {
    List<Block> differing = new ArrayList<>();
    sums.forEach(
        (partition, blocks) ->
            new TreeMap<>(blocks)
                .forEach(
                    (number, ofBlock) -> {
                      if (!isRight(ofBlock)) {
                        differing.add(new Block(partition, number));
                      }
                    }));
    return differing;
  }

  private boolean isRight(long[] ofBlock) {
    for (int i = 0; i < candidates; i++) {
      if (ofBlock[i] == ofBlock[candidates]) {
        return true;
      }
    }
    return false;
  }
}
