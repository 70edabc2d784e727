package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.decode.EventDecoder;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.WeatherRecord;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Offsets.Visitor;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells copies that the job took out from events that were lost: a copy has the station, the event
 * id and the event time of a row of silver with an earlier offset of the same partition; one that
 * tells no time, the body. Of the rows that the first release wrote, station and id are enough: it
 * took those for copies, and so does a later release as long as it remembers them.
 *
 * <p>Bronze has to be read before silver, and where {@link #needsOriginalBodies}, once more after
 * it. The bodies are decoded with today's rules, of which only those for station, id and time
 * matter: what was valid then need not be so now.
 *
 * <p>Memory: about 100 bytes for each event that is looked into, nothing for the others.
 */
final class Copies {

  static final List<String> BRONZE_COLUMNS =
      List.of("partition", "offset", "partitionKey", "body", "eventHub");
  static final List<String> SILVER_COLUMNS =
      List.of("partition", "offset", "stationId", "eventId", "eventHub", "eventTime");

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int KEY = 2;
  private static final int BODY = 3;
  private static final int STATION_ID = 2;
  private static final int EVENT_ID = 3;
  private static final int EVENT_HUB = 4;
  private static final int EVENT_TIME = 5;

  private final Offsets missing;
  private final Partitions partitions;
  private final Map<Partition, Candidates> candidates = new HashMap<>();
  private final Offsets timelessOriginals = new Offsets();
  private final EventDecoder decoder = EventDecoder.standard();
  private final WeatherRecord event = new WeatherRecord();
  private final Fingerprint fingerprint = new Fingerprint();

  /** What may be a copy, by what it may be a copy by. */
  private static final class Candidates {
    private final CopyIndex same = new CopyIndex();
    private final CopyIndex sameId = new CopyIndex();
    private boolean anyTimeless;
  }

  /**
   * @param missing the places that the job put nowhere but into bronze
   */
  Copies(Offsets missing, Partitions partitions) {
    this.missing = missing;
    this.partitions = partitions;
  }

  void bronze(RowCursor row) {
    Partition partition = partition(row);
    long offset = row.bigint(OFFSET);
    if (missing.contains(partition, offset) && decode(row)) {
      Candidates of = candidates.computeIfAbsent(partition, p -> new Candidates());
      of.same.addCopy(fingerprint.high(), fingerprint.low(), offset);
      of.sameId.addCopy(fingerprint.idHigh(), fingerprint.idLow(), offset);
      of.anyTimeless |= !event.tellsTime;
    }
  }

  private Partition partition(RowCursor row) {
    return partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
  }

  /** Sets the fingerprint of a row of bronze; whether the event has an id. */
  private boolean decode(RowCursor row) {
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
    if (event.stationId != null) {
      return event.stationId.utf8;
    }
    String key = row.text(KEY);
    return key == null || key.isEmpty() ? RecordDecoder.UNKNOWN_STATION.utf8 : key.getBytes(UTF_8);
  }

  void silver(RowCursor row) {
    Partition partition = partition(row);
    Candidates of = candidates.get(partition);
    if (of == null || row.isNull(EVENT_ID)) {
      return;
    }
    long offset = row.bigint(OFFSET);
    fingerprint.set(
        row.text(STATION_ID).getBytes(UTF_8),
        row.text(EVENT_ID).getBytes(UTF_8),
        Math.floorDiv(row.bigint(EVENT_TIME), 1000L));
    of.same.addOriginal(fingerprint.high(), fingerprint.low(), offset);
    boolean isOfFirstRelease = row.isNull(EVENT_HUB);
    if (isOfFirstRelease) {
      of.sameId.addOriginal(fingerprint.idHigh(), fingerprint.idLow(), offset);
    } else if (of.anyTimeless && of.sameId.isWanted(fingerprint.idHigh(), fingerprint.idLow())) {
      timelessOriginals.add(partition, offset);
    }
  }

  /** Whether there are events whose body has to be compared with that of an earlier one. */
  boolean needsOriginalBodies() {
    return timelessOriginals.size() > 0;
  }

  /** Takes a row of bronze again. */
  void original(RowCursor row) {
    Partition partition = partition(row);
    long offset = row.bigint(OFFSET);
    if (timelessOriginals.contains(partition, offset) && decode(row)) {
      candidates.get(partition).same.addOriginal(fingerprint.high(), fingerprint.low(), offset);
    }
  }

  /** Copies and lost events. */
  long size() {
    return missing.size();
  }

  /** Visits what is no copy, in order; returns how many there are. */
  long forEachLost(Visitor visitor) {
    Offsets copies = new Offsets();
    candidates.forEach(
        (partition, of) -> {
          of.same.forEachCopy(offset -> copies.add(partition, offset));
          of.sameId.forEachCopy(offset -> copies.add(partition, offset));
        });
    missing.forEachNotIn(visitor, copies);
    return missing.size() - copies.size();
  }
}
