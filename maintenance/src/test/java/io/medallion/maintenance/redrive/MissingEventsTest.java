package io.medallion.maintenance.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.event.TumblingWindows;
import io.medallion.maintenance.copies.RowFingerprint;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TestRows;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events with the id 7 of station a that quarantine has, and silver from other offsets. */
class MissingEventsTest {

  private static final String BODY = "{\"stationId\": \"a\", \"eventId\": \"7\"}";
  private static final String OTHER_BODY = "{\"stationId\": \"a\", \"eventId\": \"7\", \"x\": 1}";
  private static final long TIME = 60_000;

  private static final Contract WEATHER = ContractReader.standard();

  private final RowFingerprint fingerprint = new RowFingerprint(WEATHER);
  private final MissingEvents missing = new MissingEvents(WEATHER);

  @Test
  void whatIsNowhereIsMissingOnce() {
    List<EventRecord> events = List.of(timeless(1, BODY), timeless(2, BODY), timed(3, TIME));
    events.forEach(missing::note);

    assertThat(outcomes(events)).containsExactly(Outcome.ADDED, Outcome.REPEATED, Outcome.ADDED);
  }

  @Test
  void whatSilverHasFromAnotherOffsetIsRepeated() {
    List<EventRecord> events = List.of(timed(1, TIME), timed(2, TIME + 1));
    events.forEach(missing::note);
    silver(9, TIME);

    assertThat(outcomes(events)).containsExactly(Outcome.REPEATED, Outcome.ADDED);
  }

  @Test
  void ofEventsThatTellNoTimeTheBodyCounts() {
    List<EventRecord> events = List.of(timeless(1, BODY), timeless(2, OTHER_BODY));
    events.forEach(missing::note);
    silver(9, TIME);
    bronze(8, OTHER_BODY);
    bronze(9, BODY);

    assertThat(outcomes(events)).containsExactly(Outcome.REPEATED, Outcome.ADDED);
  }

  @Test
  void whatARedriveAddedIsRepeatedInTheNextOne() {
    List<EventRecord> events = List.of(timeless(1, BODY), timeless(2, BODY));
    events.forEach(missing::note);
    silver(1, TIME);
    bronze(1, BODY);
    bronze(2, BODY);

    assertThat(outcomes(events)).containsExactly(Outcome.PRESENT, Outcome.REPEATED);
  }

  @Test
  void whatIsOfADayThatSilverHasNoMoreIsLeftOut() {
    missing.removed(Expired.NOTHING, upTo(TIME), Expired.NOTHING);
    List<EventRecord> events = List.of(timed(1, TIME - 1), timed(2, TIME));
    events.forEach(missing::note);

    assertThat(outcomes(events)).containsExactly(Outcome.EXPIRED, Outcome.ADDED);
  }

  @Test
  void whatMayBeACopyOfAnEventWhoseBodyIsGoneIsLeftOut() {
    missing.removed(
        Expired.NOTHING.and(Instant.EPOCH, Map.of(new Partition("weather", 0), 9L)),
        Expired.NOTHING,
        Expired.NOTHING);
    List<EventRecord> events = List.of(timeless(20, BODY), timed(21, TIME + 1));
    events.forEach(missing::note);
    silver(8, TIME);

    assertThat(outcomes(events)).containsExactly(Outcome.EXPIRED, Outcome.ADDED);
  }

  @Test
  void whatLateHasHadRemovedIsNotMissingThere() {
    missing.removed(Expired.NOTHING, Expired.NOTHING, upTo(TIME));
    TumblingWindows windows = new TumblingWindows(1_000);

    assertThat(missing.isInLate(timed(1, TIME - 1), windows)).isTrue();
    assertThat(missing.isInLate(timed(1, TIME), windows)).isFalse();
  }

  private static Expired upTo(long millis) {
    return Expired.NOTHING.and(Instant.ofEpochMilli(millis), Map.of());
  }

  private List<Outcome> outcomes(List<EventRecord> events) {
    return events.stream().map(event -> Outcome.of(event, missing)).toList();
  }

  private static EventRecord timed(long offset, long time) {
    EventRecord event = timeless(offset, BODY);
    event.eventTime = time;
    event.tellsTime = true;
    return event;
  }

  private static EventRecord timeless(long offset, String body) {
    EventRecord event = new EventRecord();
    event.eventHub = new Text("weather");
    event.offset = offset;
    event.body = body.getBytes(UTF_8);
    event.event = event.body;
    event.group = new Text("a");
    event.eventId = "7".getBytes(UTF_8);
    event.eventTime = 1_000 + offset;
    return event;
  }

  private void silver(long offset, long time) {
    Map<String, Object> row = row(offset);
    row.put("stationId", "a");
    row.put("eventId", "7");
    row.put("eventTime", 1_000 * time);
    TestRows.row(fingerprint.silverColumns(), row, missing::silver);
  }

  /** To be called after silver. */
  private void bronze(long offset, String body) {
    Map<String, Object> row = row(offset);
    row.put("body", body.getBytes(UTF_8));
    TestRows.row(fingerprint.bronzeColumns(), row, missing::original);
  }

  private static Map<String, Object> row(long offset) {
    Map<String, Object> row = new HashMap<>();
    row.put("partition", 0);
    row.put("offset", offset);
    row.put("eventHub", "weather");
    row.put("enqueuedTime", 0L);
    return row;
  }
}
