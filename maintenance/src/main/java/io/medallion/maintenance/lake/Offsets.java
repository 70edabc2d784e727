package io.medallion.maintenance.lake;

import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of places in an Event Hub: partition and offset. About a bit each where they are dense. */
public final class Offsets {

  /** How many numbers a container of the bitmap is for. */
  private static final long CONTAINER = 1 << 16;

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

  /**
   * Adds consecutive offsets. Of ranges that do not end where one of its containers does, the
   * bitmap itself would take the time of up to 65,536.
   */
  public void addAll(Partition partition, long first, long last) {
    Roaring64Bitmap offsets = partitions.computeIfAbsent(partition, p -> new Roaring64Bitmap());
    long offset = first;
    while (offset <= last) {
      if (offset % CONTAINER == 0 && last - offset >= CONTAINER - 1) {
        offsets.add(offset, offset + CONTAINER);
        offset += CONTAINER;
      } else {
        offsets.addLong(offset++);
      }
    }
  }

  public boolean contains(Partition partition, long offset) {
    Roaring64Bitmap offsets = partitions.get(partition);
    return offsets != null && offsets.contains(offset);
  }

  /** How many there are from the first to the last of these. */
  public long count(Partition partition, long first, long last) {
    Roaring64Bitmap offsets = of(partition);
    return offsets.rankLong(last) - (first == 0 ? 0 : offsets.rankLong(first - 1));
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

  /**
   * Visits the gaps between the first and the last offset of each partition that none of these sets
   * fills, in order. Copies them, a partition at a time.
   *
   * @param present has the first and the last offset
   */
  public void forEachGap(RunVisitor visitor, Offsets present, Offsets... more) {
    partitions.forEach(
        (partition, offsets) -> {
          Roaring64Bitmap there = present.copyOf(partition);
          for (Offsets filling : more) {
            there.or(filling.of(partition));
          }
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

  /**
   * How many offsets another set has in the gaps between the first and the last offset of each
   * partition.
   *
   * @param present what is no gap, the first and the last offset included
   */
  public long countInGaps(Offsets other, Offsets present) {
    long count = 0;
    for (Map.Entry<Partition, Roaring64Bitmap> entry : partitions.entrySet()) {
      Roaring64Bitmap offsets = entry.getValue();
      Roaring64Bitmap rest = other.copyOf(entry.getKey());
      rest.andNot(present.of(entry.getKey()));
      count +=
          rest.rankLong(offsets.getReverseLongIterator().next())
              - rest.rankLong(offsets.getLongIterator().next());
    }
    return count;
  }

  private Roaring64Bitmap copyOf(Partition partition) {
    Roaring64Bitmap copy = new Roaring64Bitmap();
    copy.or(of(partition));
    return copy;
  }

  /** Not to be changed. */
  private Roaring64Bitmap of(Partition partition) {
    return partitions.getOrDefault(partition, new Roaring64Bitmap());
  }
}
