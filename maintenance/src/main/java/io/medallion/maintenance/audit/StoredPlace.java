package io.medallion.maintenance.audit;

import io.medallion.maintenance.audit.derive.StoredRow;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;

/** Where the event of a row is, by the columns that a {@link StoredRow} reads. */
final class StoredPlace {

  private final Partitions partitions;
  private final EventPlaces places;
  private final int eventHub;
  private final int partition;
  private final int offset;
  private final int index;

  StoredPlace(StoredRow row, Partitions partitions, EventPlaces places) {
    this.partitions = partitions;
    this.places = places;
    eventHub = row.placeOf("eventHub");
    partition = row.placeOf("partition");
    offset = row.placeOf("offset");
    index = row.placeOf("index");
  }

  Partition partition(RowCursor row) {
    return partitions.of(row.text(eventHub), row.integer(partition));
  }

  long place(RowCursor row) {
    return places.place(row, offset, index);
  }
}
