package io.medallion.maintenance.copies;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import java.util.List;

/**
 * The fingerprint of the event that a row of bronze or silver is of: of key, id and event time; in
 * bronze, of an event that tells no time, of the body. Silver does not say whether an event told
 * its time.
 *
 * <p>Records are decoded by the contract of the lake, of which only what is about key, id and time
 * matters: what was valid when the job read it need not be so now. One object for all rows.
 */
public final class RowFingerprint {

  public static final int PARTITION = StoredRecord.PARTITION;
  public static final int OFFSET = StoredRecord.OFFSET;
  public static final int EVENT_HUB = StoredRecord.EVENT_HUB;

  /** In silver. */
  public static final int EVENT_TIME = 5;

  /** In silver. */
  public static final int INDEX = 6;

  private static final int KEY = 3;
  private static final int EVENT_ID = 4;

  private final List<String> silverColumns;
  private final RecordDecoder decoder;
  private final EventRecord record = new EventRecord();
  private final Fingerprint fingerprint = new Fingerprint();

  /** Of events of that contract. */
  public RowFingerprint(Contract contract) {
    Rules rules = Rules.of(contract);
    EventDecoder body = EventDecoder.of(rules);
    this.decoder =
        new RecordDecoder(
            (bytes, event) -> {
              body.decode(bytes, event);
              event.reason = null;
            },
            rules);
    this.silverColumns =
        List.of(
            "partition",
            "offset",
            "eventHub",
            contract.keyColumn(),
            "eventId",
            "eventTime",
            "index");
  }

  /** What a row of bronze is to be read with. */
  public List<String> bronzeColumns() {
    return StoredRecord.COLUMNS;
  }

  /** What a row of silver is to be read with. */
  public List<String> silverColumns() {
    return silverColumns;
  }

  /** What to do with the events of a record. */
  public interface Visitor {

    /**
     * Takes an event that has an id.
     *
     * @param index its place in the record
     * @param value reused for the next one
     */
    void event(int index, Fingerprint value, boolean tellsTime);

    /**
     * Takes an event whether or not it has an id, before it is taken as one that has.
     *
     * @param eventTime milliseconds since 1970; the enqueued time if the event tells none
     */
    default void time(int index, long eventTime) {}
  }

  /** Takes on that of each event of a row of bronze that has an id. */
  public void ofBronze(RowCursor row, Visitor visitor) {
    StoredRecord.read(row, record);
    if (record.body != null) {
      decoder.decode(record, record.enqueuedTime, event -> ofEvent(event, visitor));
    }
  }

  private void ofEvent(EventRecord event, Visitor visitor) {
    visitor.time(event.index, event.eventTime);
    if (event.eventId == null || event.group == null) {
      return;
    }
    if (event.tellsTime) {
      fingerprint.set(event.group.utf8, event.eventId, event.eventTime);
    } else {
      fingerprint.set(event.group.utf8, event.eventId, event.event);
    }
    visitor.event(event.index, fingerprint, event.tellsTime);
  }

  /** Takes on that of a row of silver; false if the event has no id. */
  public boolean ofSilver(RowCursor row) {
    if (row.isNull(EVENT_ID)) {
      return false;
    }
    fingerprint.set(
        row.text(KEY).getBytes(UTF_8),
        row.text(EVENT_ID).getBytes(UTF_8),
        Math.floorDiv(row.bigint(EVENT_TIME), 1000L));
    return true;
  }

  /** Of the last row of silver; reused for the next one. */
  public Fingerprint value() {
    return fingerprint;
  }
}
