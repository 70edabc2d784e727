package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import io.medallion.maintenance.lake.TimeRange;

/** The events that bronze's records hold by the contract, whether valid or not. */
final class BronzeEvents {

  private final TimeRange range;
  private final Partitions partitions;
  private final EventPlaces places;
  private final RecordDecoder decoder;
  private final EventRecord record = new EventRecord();
  private final Offsets events = new Offsets();

  BronzeEvents(Contract contract, TimeRange range, Partitions partitions, EventPlaces places) {
    this.range = range;
    this.partitions = partitions;
    this.places = places;
    this.decoder = RecordDecoder.of(Rules.of(contract));
  }

  void row(RowCursor row) {
    if (range.contains(row.bigint(StoredRecord.ENQUEUED_TIME))) {
      StoredRecord.read(row, record);
      Partition partition = partitions.ofBronze(record.eventHub.value, record.partition);
      decoder.decode(
          record, record.enqueuedTime, event -> events.add(partition, places.place(event)));
    }
  }

  Offsets places() {
    return events;
  }
}
