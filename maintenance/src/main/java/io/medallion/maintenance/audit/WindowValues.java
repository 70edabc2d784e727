package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/**
 * What gold says of the events of a window and group, worked out anew in plain doubles (sums
 * compensated): on purpose not with the job's code.
 */
final class WindowValues {

  private final Measures measures;
  private final DoubleSummaryStatistics[] numbers;
  private final long[] counts;
  private final VectorSum[] vectors;
  private final TextTally[] texts;
  private final PickedEvent[] picks;
  private long events;
  private boolean isOfFirstRelease;

  WindowValues(Measures measures) {
    this.measures = measures;
    this.numbers = new DoubleSummaryStatistics[measures.numbers.length];
    this.counts = new long[measures.counts.length];
    this.vectors = new VectorSum[measures.vectors.length];
    this.texts = new TextTally[measures.texts.length];
    this.picks = new PickedEvent[measures.picks.length];
    Arrays.setAll(picks, i -> new PickedEvent(measures.picks[i].isLast()));
    Arrays.setAll(numbers, i -> new DoubleSummaryStatistics());
    Arrays.setAll(vectors, i -> new VectorSum());
    Arrays.setAll(texts, i -> new TextTally());
  }

  /** Adds an event. */
  void add(RowCursor row) {
    events++;
    isOfFirstRelease |= row.isNull(SilverRow.EVENT_HUB);
    for (int i = 0; i < numbers.length; i++) {
      double number = measures.numbers[i].of(row);
      if (!Double.isNaN(number)) {
        numbers[i].accept(number);
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += row.isNull(measures.counts[i]) ? 0 : 1;
    }
    for (int i = 0; i < vectors.length; i++) {
      Measures.Vector vector = measures.vectors[i];
      vectors[i].add(vector.speed().of(row), vector.direction().of(row), vector.tolerance());
    }
    for (int i = 0; i < texts.length; i++) {
      String text = row.text(measures.texts[i]);
      if (text != null) {
        texts[i].add(text);
      }
    }
    for (int i = 0; i < picks.length; i++) {
      picks[i].add(row, measures.picks[i].value().apply(row));
    }
  }

  /** Adds the events of another group of the same window. */
  void add(WindowValues other) {
    events += other.events;
    isOfFirstRelease |= other.isOfFirstRelease;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].combine(other.numbers[i]);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    for (int i = 0; i < vectors.length; i++) {
      vectors[i].add(other.vectors[i]);
    }
    for (int i = 0; i < texts.length; i++) {
      texts[i].add(other.texts[i]);
    }
    for (int i = 0; i < picks.length; i++) {
      picks[i].add(other.picks[i]);
    }
  }

  long events() {
    return events;
  }

  /** Of the numbers of a column, by its place in the {@link Measures}. */
  DoubleSummaryStatistics numbers(int place) {
    return numbers[place];
  }

  /** How many events have a value. */
  long count(int place) {
    return counts[place];
  }

  VectorSum vector(int place) {
    return vectors[place];
  }

  TextTally text(int place) {
    return texts[place];
  }

  /** The value of the first or the last event; null if none had one. */
  Object pick(int place) {
    return picks[place].value();
  }

  /**
   * Whether the job may have counted texts that are not counted here: the first release counted all
   * of them, and so does its state in a later one.
   */
  boolean mayHaveOtherTexts(int place) {
    return isOfFirstRelease && texts[place].hasMore();
  }
}
