package io.medallion.maintenance.lake;

import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of places in an Event Hub: partition and offset. About a bit each where they are dense. */
public final class Offsets {

  private final Map<Integer, Roaring64Bitmap> partitions = new TreeMap<>();

  /** What to do with a place. */
  public interface Visitor {
    void visit(int partition, long offset);
  }

  /** What to do with consecutive offsets of a partition. */
  public interface RunVisitor {
    void visit(int partition, long first, long last);
  }

  /** Returns false if it is in the set already. */
  public boolean add(int partition, long offset) {
    Roaring64Bitmap offsets = partitions.computeIfAbsent(partition, p -> new Roaring64Bitmap());
    if (offsets.contains(offset)) {
      return false;
    }
    offsets.addLong(offset);
    return true;
  }

  public boolean contains(int partition, long offset) {
    Roaring64Bitmap offsets = partitions.get(partition);
    return offsets != null && offsets.contains(offset);
  }

  public long size() {
    return partitions.values().stream().mapToLong(Roaring64Bitmap::getLongCardinality).sum();
  }

  public int partitionCount() {
    return partitions.size();
  }

  /** Visits what is in this set and in none of the others, in order. */
  public void forEachNotIn(Visitor visitor, Offsets... others) {
    partitions.forEach(
        (partition, offsets) -> {
          Roaring64Bitmap rest = new Roaring64Bitmap();
          rest.or(offsets);
          for (Offsets other : others) {
            Roaring64Bitmap theirs = other.partitions.get(partition);
            if (theirs != null) {
              rest.andNot(theirs);
            }
          }
          for (LongIterator it = rest.getLongIterator(); it.hasNext(); ) {
            visitor.visit(partition, it.next());
          }
        });
  }

  /** Visits the gaps between the first and the last offset of each partition, in order. */
  public void forEachGap(RunVisitor visitor, Offsets present) {
    partitions.forEach(
        (partition, offsets) -> {
          Roaring64Bitmap there = present.partitions.get(partition);
          long last = offsets.getReverseLongIterator().next();
          long expected = offsets.getLongIterator().next();
          for (LongIterator it = there.getLongIteratorFrom(expected);
              it.hasNext() && expected <= last;
              expected++) {
            long next = it.next();
            if (next > expected) {
              visitor.visit(partition, expected, next - 1);
              expected = next;
            }
          }
        });
  }
}
