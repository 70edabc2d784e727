package io.medallion.local.bronze;

import io.medallion.job.event.EventRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** How far a reader is in one partition. */
final class PartitionReading {

  private final RecordedPartition partition;
  private final int keyGroup;
  private final Deque<Run> waiting;
  private long next;
  private SourceOutput<EventRecord> output;

  PartitionReading(RecordedPartition partition, BronzeSplit split) {
    this.partition = partition;
    this.keyGroup = split.keyGroup();
    this.next = split.next();
    this.waiting =
        new ArrayDeque<>(
            partition.runs().stream().filter(run -> run.lastOffset() >= next).toList());
  }

  BronzeSplit split() {
    return new BronzeSplit(partition.number(), keyGroup, next);
  }

  /** Whether every run was taken. */
  boolean isTaken() {
    return waiting.isEmpty();
  }

  /** When the first record of the next run arrived, microseconds since 1970. */
  long nextTime() {
    return waiting.peek().firstTime();
  }

  /** Whether the next run is of the file, and can be read without another one. */
  boolean isNextAlone(String file) {
    return !isTaken() && waiting.peek().file().equals(file) && overlapping(2).size() == 1;
  }

  /** Takes the next run, and those that have to be read together with it. */
  List<Run> take() {
    List<Run> taken = overlapping(Integer.MAX_VALUE);
    taken.forEach(run -> waiting.poll());
    return taken;
  }

  private List<Run> overlapping(int most) {
    List<Run> overlapping = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (Run run : waiting) {
      if (overlapping.size() == most || (!overlapping.isEmpty() && run.firstOffset() > last)) {
        break;
      }
      overlapping.add(run);
      last = Math.max(last, run.lastOffset());
    }
    return overlapping;
  }

  /** Whether a record is to be replayed, and was not yet: what is there twice counts once. */
  boolean isDue(long offset) {
    return offset >= Math.max(next, partition.first()) && offset <= partition.last();
  }

  int keyGroup() {
    return keyGroup;
  }

  /** Where its events go, with watermarks of its own. */
  SourceOutput<EventRecord> output(ReaderOutput<EventRecord> all) {
    if (output == null) {
      output = all.createOutputForSplit(split().splitId());
    }
    return output;
  }

  /** Notes that all events of a record were handed on. */
  void read(long offset) {
    next = offset + 1;
  }
}
