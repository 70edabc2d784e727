package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.decode.EventDecoder;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.WeatherRecord;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Offsets.Visitor;
import io.medallion.maintenance.lake.RowCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells copies that the job took out from events that were lost: a copy has the station and the
 * event id of a row of silver that has an earlier offset of the same partition.
 *
 * <p>Bronze has to be read before silver. The bodies are decoded with today's rules, of which only
 * those for station and id matter: what was valid then need not be so now.
 *
 * <p>Memory: about 100 bytes for each event that is looked into, nothing for the others.
 */
final class Duplicates {

  static final List<String> BRONZE_COLUMNS = List.of("partition", "offset", "partitionKey", "body");
  static final List<String> SILVER_COLUMNS = List.of("partition", "offset", "stationId", "eventId");

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int KEY = 2;
  private static final int BODY = 3;
  private static final int STATION_ID = 2;
  private static final int EVENT_ID = 3;

  private final Offsets missing;
  private final Map<Integer, CopyIndex> partitions = new HashMap<>();
  private final EventDecoder decoder = EventDecoder.standard();
  private final WeatherRecord event = new WeatherRecord();
  private final Fingerprint fingerprint = new Fingerprint();

  /**
   * @param missing the places that the job put nowhere but into bronze
   */
  Duplicates(Offsets missing) {
    this.missing = missing;
  }

  void bronze(RowCursor row) {
    int partition = row.integer(PARTITION);
    long offset = row.bigint(OFFSET);
    if (!missing.contains(partition, offset)) {
      return;
    }
    decoder.decode(row.bytes(BODY), event);
    if (event.eventId != null) {
      fingerprint.set(stationId(row), event.eventId);
      partitions.computeIfAbsent(partition, p -> new CopyIndex()).addCopy(fingerprint, offset);
    }
  }

  private byte[] stationId(RowCursor row) {
    if (event.stationId != null) {
      return event.stationId.utf8;
    }
    String key = row.text(KEY);
    return key == null || key.isEmpty() ? RecordDecoder.UNKNOWN_STATION.utf8 : key.getBytes(UTF_8);
  }

  void silver(RowCursor row) {
    CopyIndex copies = partitions.get(row.integer(PARTITION));
    if (copies != null && !row.isNull(EVENT_ID)) {
      fingerprint.set(row.text(STATION_ID).getBytes(UTF_8), row.text(EVENT_ID).getBytes(UTF_8));
      copies.addOriginal(fingerprint, row.bigint(OFFSET));
    }
  }

  /** Copies and lost events. */
  long size() {
    return missing.size();
  }

  /** Visits what is no copy, in order; returns how many there are. */
  long forEachLost(Visitor visitor) {
    Offsets copies = new Offsets();
    partitions.forEach(
        (partition, index) -> index.forEachCopy(offset -> copies.add(partition, offset)));
    missing.forEachNotIn(visitor, copies);
    return missing.size() - copies.size();
  }
}
