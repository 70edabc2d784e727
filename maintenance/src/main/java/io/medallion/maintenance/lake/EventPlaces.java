package io.medallion.maintenance.lake;

import io.medallion.contract.Contract;
import io.medallion.job.event.EventRecord;

/**
 * Where events are in a partition, each as one number that grows with the offset: it is the offset
 * where a record holds one event, else the offset and the event's place in its record.
 *
 * @param several whether a record may hold several events
 */
public record EventPlaces(boolean several) {

  /** Of more events than there are in a record. */
  private static final int INDEX_BITS = 16;

  public static EventPlaces of(Contract contract) {
    return new EventPlaces(contract.event().hasSeveral());
  }

  /**
   * The place of an event.
   *
   * @param index its place in its record, or {@link EventRecord#WHOLE}
   */
  public long place(long offset, int index) {
    return several ? offset << INDEX_BITS | (index - EventRecord.WHOLE) : offset;
  }

  public long place(EventRecord event) {
    return place(event.offset, event.index);
  }

  /**
   * The place of the event of a row.
   *
   * @param offset the place of that column
   * @param index the place of that column, which tables have only if there are several
   */
  public long place(RowCursor row, int offset, int index) {
    return place(
        row.bigint(offset), several && !row.isNull(index) ? row.integer(index) : EventRecord.WHOLE);
  }

  /** The place of the record as a whole that an event is of. */
  public long whole(long place) {
    return several ? place >> INDEX_BITS << INDEX_BITS : place;
  }

  /** The place of the first event of the same record. */
  public long first(long place) {
    return several ? whole(place) - EventRecord.WHOLE : place;
  }

  /** The offset of the record that an event is of. */
  public long offset(long place) {
    return several ? place >> INDEX_BITS : place;
  }

  /** For people. */
  public String text(long place) {
    if (!several) {
      return "offset " + place;
    }
    long offset = offset(place);
    return place == whole(place)
        ? "offset " + offset
        : "offset %d event %d".formatted(offset, place - first(place));
  }
}
