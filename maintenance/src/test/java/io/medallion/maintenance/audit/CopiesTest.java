package io.medallion.maintenance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.maintenance.copies.RowFingerprint;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.TestRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offset 5 of partition 0 is the event in silver; later ones of bronze are nowhere else. */
class CopiesTest {

  private static final String EVENT =
      "{\"temperature\": 20, \"humidity\": 60, \"windSpeed\": 10, \"windDirection\": \"NW\","
          + " \"precipitation\": 0, \"conditions\": \"Sunny\", \"stationId\": \"a\"";
  private static final long MINUTE = 60_000_000;

  private final RowFingerprint fingerprint = new RowFingerprint(ContractReader.standard());
  private final Partitions partitions = new Partitions();
  private final Offsets missing = new Offsets();
  private final List<Map<String, Object>> bronze = new ArrayList<>();
  private final List<Map<String, Object>> silver = new ArrayList<>();

  private Expired removedFromSilver = Expired.NOTHING;
  private Expired removedFromBronze = Expired.NOTHING;

  @BeforeEach
  void original() {
    bronze(5, body(1, 60_000));
    silver(5, MINUTE, "weather");
  }

  @Test
  void theSameStationIdAndTimeIsACopy() {
    missing(6, body(1, 60_000));

    assertThat(lost()).isEmpty();
  }

  @Test
  void anotherTimeOrIdIsALoss() {
    missing(6, body(1, 60_001));
    missing(7, body(2, 60_000));
    missing(8, EVENT + "}");

    assertThat(lost()).containsExactly(6L, 7L, 8L);
  }

  @Test
  void anEventBeforeTheOneInSilverIsNoCopyOfIt() {
    missing(4, body(1, 60_000));

    assertThat(lost()).containsExactly(4L);
  }

  @Test
  void ofEventsThatTellNoTimeTheBodyCounts() {
    bronze(10, EVENT + ", \"eventId\": \"9\"}");
    silver.add(silverRow(10, "9", 7 * MINUTE, "weather"));
    missing(11, EVENT + ", \"eventId\": \"9\"}");
    missing(12, EVENT.replace("20", "21") + ", \"eventId\": \"9\"}");

    assertThat(lost()).containsExactly(12L);
  }

  /** It took all with the station and the id for copies. */
  @Test
  void ofRowsOfTheFirstReleaseStationAndIdAreEnough() {
    silver.clear();
    silver(5, MINUTE, null);
    missing(6, body(1, 99_000));
    missing(7, body(2, 99_000));

    assertThat(lost()).containsExactly(7L);
  }

  @Test
  void anEventOfADayThatSilverHasNoMoreIsNoLoss() {
    removedFromSilver = upTo(60_000);
    missing(6, body(2, 59_999));
    missing(7, body(2, 60_000));
    missing(8, EVENT + ", \"eventTime\": 59999}");

    assertThat(lost()).containsExactly(7L);
  }

  /** Its original, and that one's body, may be gone; of one with a time, both are of one day. */
  @Test
  void withinADayAnEventThatTellsNoTimeMayBeACopyOfWhatIsGone() {
    removedFromBronze = upTo(0);
    missing(6, EVENT + ", \"eventId\": \"9\"}");
    missing(7, EVENT + ", \"eventId\": \"9\"}");
    bronze.get(bronze.size() - 1).put("enqueuedTime", 24 * 60 * MINUTE);
    missing(8, body(2, 60_000));
    missing(9, EVENT + "}");

    assertThat(lost()).containsExactly(7L, 8L, 9L);
  }

  private static Expired upTo(long millis) {
    return Expired.NOTHING.and(Instant.ofEpochMilli(millis), Map.of());
  }

  @Test
  void anotherEventHubIsAnotherPartition() {
    Map<String, Object> row = bronzeRow(6, body(1, 60_000));
    row.put("eventHub", "weather@2");
    bronze.add(row);
    missing.add(partitions.of("weather@2", 0), 6);

    assertThat(lost()).containsExactly(6L);
  }

  @Test
  void anEventThatIsLookedIntoTakesItsPlaceInOneIndex() {
    for (int id = 0; id < 5_000; id++) {
      missing(100 + id, body(id, 60_000));
      missing(100_000 + id, EVENT + ", \"eventId\": \"" + id + "\"}");
    }
    Copies copies =
        new Copies(
            missing,
            partitions,
            new EventPlaces(false),
            fingerprint,
            false,
            Expired.NOTHING,
            Expired.NOTHING);
    bronze.forEach(row -> TestRows.row(fingerprint.bronzeColumns(), row, copies::bronze));

    assertThat(copies.bytes() / missing.size()).isBetween(72L, 144L);
  }

  private List<Long> lost() {
    boolean mayBeOfFirstRelease = silver.stream().anyMatch(row -> row.get("eventHub") == null);
    Copies copies =
        new Copies(
            missing,
            partitions,
            new EventPlaces(false),
            fingerprint,
            mayBeOfFirstRelease,
            removedFromSilver,
            removedFromBronze);
    bronze.forEach(row -> TestRows.row(fingerprint.bronzeColumns(), row, copies::bronze));
    silver.forEach(row -> TestRows.row(fingerprint.silverColumns(), row, copies::silver));
    bronze.forEach(row -> TestRows.row(fingerprint.bronzeColumns(), row, copies::original));
    List<Long> lost = new ArrayList<>();
    long number = copies.forEachLost((partition, offset) -> lost.add(offset));
    assertThat(number).isEqualTo(lost.size());
    return lost;
  }

  private static String body(int id, long time) {
    return EVENT + ", \"eventId\": \"" + id + "\", \"eventTime\": " + time + "}";
  }

  private void missing(long offset, String body) {
    bronze(offset, body);
    missing.add(partitions.ofBronze("weather", 0), offset);
  }

  private void bronze(long offset, String body) {
    partitions.ofBronze("weather", 0);
    bronze.add(bronzeRow(offset, body));
  }

  private static Map<String, Object> bronzeRow(long offset, String body) {
    Map<String, Object> row = new HashMap<>();
    row.put("eventHub", "weather");
    row.put("partition", 0);
    row.put("offset", offset);
    row.put("enqueuedTime", 0L);
    row.put("partitionKey", null);
    row.put("body", body.getBytes(UTF_8));
    return row;
  }

  private void silver(long offset, long micros, String eventHub) {
    silver.add(silverRow(offset, "1", micros, eventHub));
  }

  private static Map<String, Object> silverRow(
      long offset, String id, long micros, String eventHub) {
    Map<String, Object> row = new HashMap<>();
    row.put("eventHub", eventHub);
    row.put("partition", 0);
    row.put("offset", offset);
    row.put("stationId", "a");
    row.put("eventId", id);
    row.put("eventTime", micros);
    return row;
  }
}
