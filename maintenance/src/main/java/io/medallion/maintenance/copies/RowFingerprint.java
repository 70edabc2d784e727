package io.medallion.maintenance.copies;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.ContractReader;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.EventRecord;
import io.medallion.maintenance.lake.RowCursor;
import java.util.List;

/**
 * The fingerprint of the event that a row of bronze or silver is of: of station, id and event time;
 * in bronze, of an event that tells no time, of the body. Silver does not say whether an event told
 * its time.
 *
 * <p>Bodies are decoded with the standard rules, of which only those for station, id and time
 * matter: what was valid when the job read it need not be so now. One object for all rows.
 */
public final class RowFingerprint {

  public static final int PARTITION = 0;
  public static final int OFFSET = 1;
  public static final int EVENT_HUB = 2;

  /** In silver. */
  public static final int EVENT_TIME = 5;

  public static final List<String> BRONZE_COLUMNS =
      List.of("partition", "offset", "eventHub", "partitionKey", "body");
  public static final List<String> SILVER_COLUMNS =
      List.of("partition", "offset", "eventHub", "stationId", "eventId", "eventTime");

  private static final int KEY = 3;
  private static final int BODY = 4;
  private static final int STATION_ID = 3;
  private static final int EVENT_ID = 4;

  private static final byte[] UNKNOWN_STATION =
      ContractReader.standard().event().key().otherwise().getBytes(UTF_8);

  private final EventDecoder decoder = EventDecoder.standard();
  private final EventRecord event = new EventRecord();
  private final Fingerprint fingerprint = new Fingerprint();

  /** Takes on that of a row of bronze; false if the event has no id. */
  public boolean ofBronze(RowCursor row) {
    byte[] body = row.bytes(BODY);
    decoder.decode(body, event);
    if (event.eventId == null) {
      return false;
    }
    if (event.tellsTime) {
      fingerprint.set(stationId(row), event.eventId, event.eventTime);
    } else {
      fingerprint.set(stationId(row), event.eventId, body);
    }
    return true;
  }

  private byte[] stationId(RowCursor row) {
    if (event.group != null) {
      return event.group.utf8;
    }
    String key = row.text(KEY);
    return key == null || key.isEmpty() ? UNKNOWN_STATION : key.getBytes(UTF_8);
  }

  /** Whether the event of the last row of bronze, which has an id, tells its time. */
  public boolean tellsTime() {
    return event.tellsTime;
  }

  /** Takes on that of a row of silver; false if the event has no id. */
  public boolean ofSilver(RowCursor row) {
    if (row.isNull(EVENT_ID)) {
      return false;
    }
    fingerprint.set(
        row.text(STATION_ID).getBytes(UTF_8),
        row.text(EVENT_ID).getBytes(UTF_8),
        Math.floorDiv(row.bigint(EVENT_TIME), 1000L));
    return true;
  }

  /** Of the last row; reused for the next one. */
  public Fingerprint value() {
    return fingerprint;
  }
}
