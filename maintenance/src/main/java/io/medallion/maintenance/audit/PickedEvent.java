package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.RowCursor;
import java.util.Comparator;

/** The value of a column in the first or the last of the events that have one. */
final class PickedEvent {

  /** By time, then by place; of different Event Hubs' the value decides. */
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::time)
          .thenComparingInt(Event::partition)
          .thenComparingLong(Event::offset)
          .thenComparingInt(Event::index)
          .thenComparing(Event::value, PickedEvent::compareValues);

  private final boolean isLast;
  private Event picked;

  private record Event(long time, int partition, long offset, int index, Object value) {}

  PickedEvent(boolean isLast) {
    this.isLast = isLast;
  }

  /**
   * Takes the value of an event.
   *
   * @param value null for none
   */
  void add(RowCursor row, Object value) {
    if (value != null) {
      add(
          new Event(
              row.bigint(SilverRow.EVENT_TIME),
              row.integer(SilverRow.PARTITION),
              row.bigint(SilverRow.OFFSET),
              row.isNull(SilverRow.INDEX) ? 0 : row.integer(SilverRow.INDEX),
              value));
    }
  }

  void add(PickedEvent other) {
    if (other.picked != null) {
      add(other.picked);
    }
  }

  private void add(Event event) {
    if (picked == null || (ORDER.compare(event, picked) > 0) == isLast) {
      picked = event;
    }
  }

  /** Null if no event had one. */
  Object value() {
    return picked == null ? null : picked.value;
  }

  @SuppressWarnings("unchecked") // values of one column
  private static int compareValues(Object one, Object other) {
    return one instanceof Double number
        ? Long.compare(Double.doubleToLongBits(number), Double.doubleToLongBits((Double) other))
        : ((Comparable<Object>) one).compareTo(other);
  }
}
