package io.medallion.dashboard.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableContent;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Why events were rejected: their number by reason, and the last few of each.
 *
 * <p>Of a table that was there before, only about {@value #MOST_ROWS} events are counted, and
 * samples come from its newest few files. Of a sample at most {@value RejectedEvent#MOST_BYTES}
 * bytes are kept. Thread-safe.
 */
public final class QuarantineView implements TableRows {

  static final int SAMPLES_OF_A_REASON = 5;
  static final int MOST_ROWS = 2_000_000;

  /** How many rows are held in memory at once: a body may be a megabyte. */
  static final int ROWS_AT_ONCE = 64;

  private static final int FILES_TO_SAMPLE = 8;

  private static final List<String> REASON_ONLY = List.of(RejectedEvent.COLUMNS.get(0));

  private final Map<String, Reason> reasons = new TreeMap<>();
  private final PriorityQueue<DataFile> newest =
      new PriorityQueue<>(Comparator.comparingLong(DataFile::modified));
  private long counted;
  private long revision;

  private static final class Reason {
    final Deque<RejectedEvent> samples = new ArrayDeque<>();
    long events;
  }

  /** A reason's number of events, and the last ones, newest first. */
  public record ByReason(String reason, long events, List<RejectedEvent> samples) {}

  /**
   * All reasons at one moment, as the API tells them.
   *
   * @param counted events in all
   * @param reasons the most frequent first
   */
  public record Summary(@JsonIgnore long revision, long counted, List<ByReason> reasons) {}

  @Override
  public synchronized void clear() {
    reasons.clear();
    newest.clear();
    counted = 0;
    revision++;
  }

  @Override
  public void consider(DataFile file) {
    newest.add(file);
    if (newest.size() > FILES_TO_SAMPLE) {
      newest.remove();
    }
  }

  @Override
  public void read(TableContent table, LongConsumer progress) {
    Set<String> sampled = new HashSet<>();
    // The oldest first, so that the newest samples stay.
    while (!newest.isEmpty()) {
      DataFile file = newest.remove();
      append(table, List.of(file));
      sampled.add(file.path());
    }
    table.forEachFile(
        file -> {
          if (!sampled.contains(file.path()) && isWorthCounting()) {
            table.read(List.of(file), REASON_ONLY, this::count);
          }
          progress.accept(file.rows());
        });
    changed();
  }

  private synchronized boolean isWorthCounting() {
    return counted < MOST_ROWS;
  }

  @Override
  public void append(TableContent table, List<DataFile> files) {
    table.read(files, RejectedEvent.COLUMNS, this::countAndSample);
    changed();
  }

  private synchronized void count(RowCursor row) {
    String reason = row.text(0);
    reason(reason == null ? "" : reason).events++;
    counted++;
  }

  private synchronized void countAndSample(RowCursor row) {
    count(row);
    RejectedEvent sample = RejectedEvent.of(row);
    Deque<RejectedEvent> samples = reason(sample.reason()).samples;
    samples.addFirst(sample);
    if (samples.size() > SAMPLES_OF_A_REASON) {
      samples.removeLast();
    }
  }

  private Reason reason(String name) {
    return reasons.computeIfAbsent(name, absent -> new Reason());
  }

  private synchronized void changed() {
    revision++;
  }

  public synchronized Summary summary() {
    return new Summary(
        revision,
        counted,
        reasons.entrySet().stream()
            .map(
                entry ->
                    new ByReason(
                        entry.getKey(),
                        entry.getValue().events,
                        List.copyOf(entry.getValue().samples)))
            .sorted(Comparator.comparingLong(ByReason::events).reversed())
            .toList());
  }

  synchronized long revision() {
    return revision;
  }
}
