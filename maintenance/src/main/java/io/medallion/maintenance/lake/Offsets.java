package io.medallion.maintenance.lake;

import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of places in an Event Hub: partition and offset. About a bit each where they are dense. */
public final class Offsets {

  private final Map<Partition, Roaring64Bitmap> partitions = new TreeMap<>();

  /** What to do with a place. */
  public interface Visitor {
    void visit(Partition partition, long offset);
  }

  /** What to do with consecutive offsets of a partition. */
  public interface RunVisitor {
    void visit(Partition partition, long first, long last);
  }

  /** Returns false if it is in the set already. */
  public boolean add(Partition partition, long offset) {
    Roaring64Bitmap offsets = partitions.computeIfAbsent(partition, p -> new Roaring64Bitmap());
    if (offsets.contains(offset)) {
      return false;
    }
    offsets.addLong(offset);
    return true;
  }

  /** Adds consecutive offsets. */
  public void addAll(Partition partition, long first, long last) {
    partitions.computeIfAbsent(partition, p -> new Roaring64Bitmap()).add(first, last + 1);
  }

  public boolean contains(Partition partition, long offset) {
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

  /** Visits what is in both sets, in order. */
  public void forEachIn(Visitor visitor, Offsets other) {
    partitions.forEach(
        (partition, offsets) -> {
          Roaring64Bitmap theirs = other.partitions.get(partition);
          if (theirs != null) {
            Roaring64Bitmap both = new Roaring64Bitmap();
            both.or(offsets);
            both.and(theirs);
            for (LongIterator it = both.getLongIterator(); it.hasNext(); ) {
              visitor.visit(partition, it.next());
            }
          }
        });
  }

  /** How many of these consecutive offsets are in the set. */
  public long count(Partition partition, long first, long last) {
    Roaring64Bitmap offsets = partitions.get(partition);
    if (offsets == null) {
      return 0;
    }
    return offsets.rankLong(last) - (first == 0 ? 0 : offsets.rankLong(first - 1));
  }

  /** Visits the consecutive offsets of a partition that are not in the set, in order. */
  public void forEachRunNotIn(Partition partition, long first, long last, RunVisitor visitor) {
    Roaring64Bitmap offsets = partitions.getOrDefault(partition, new Roaring64Bitmap());
    long expected = first;
    for (LongIterator it = offsets.getLongIteratorFrom(first); it.hasNext() && expected <= last; ) {
      long next = it.next();
      if (next > expected) {
        visitor.visit(partition, expected, Math.min(last, next - 1));
      }
      expected = next + 1;
    }
    if (expected <= last) {
      visitor.visit(partition, expected, last);
    }
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
