package io.medallion.generator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventJudge;
import io.medallion.generator.event.EventKind;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

  private static final int EVENTS = 20_000;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final Pattern EVENT_TIME = Pattern.compile("\"eventTime\":\"([^\"]+)\"");
  private static final Pattern EVENT_ID = Pattern.compile("\"eventId\":\"([^\"]+)\"");

  @Test
  void theSameSeedAndStartSendTheSameEvents() {
    assertThat(send(mixed().seed(5), START)).isEqualTo(send(mixed().seed(5), START));
  }

  @Test
  void anotherSeedSendsOtherEvents() {
    assertThat(send(mixed().seed(5), START)).isNotEqualTo(send(mixed().seed(6), START));
  }

  @Test
  void everyEventIsWhatItsKindSays() {
    for (Sent event : send(mixed(), START)) {
      if (event.kind == EventKind.INVALID) {
        assertThat(EventJudge.judge(event.bytes())).contains(event.invalidKind);
      } else {
        assertThat(EventJudge.judge(event.bytes())).isEmpty();
        assertThat(event.body).contains("\"stationId\":\"" + event.key + "\"");
      }
    }
  }

  /**
   * The job's rule: an event is late if its window's end is at or before the greatest time of the
   * valid events before it in its partition, less the out-of-orderness. Here the greatest time of
   * its station alone suffices, so the number of partitions makes no difference.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void lateEventsAreLateAndNoOtherValidOnesAre(int partitions) {
    Duration window = Duration.ofSeconds(10);
    Duration outOfOrderness = Duration.ofSeconds(7);
    List<Sent> events =
        send(mixed().window(window).outOfOrderness(outOfOrderness).stations(30), START);
    Map<Integer, Long> newest = new HashMap<>();
    int late = 0;

    for (Sent event : events) {
      if (event.kind == EventKind.INVALID || event.kind == EventKind.FUTURE) {
        continue;
      }
      int partition = Utils.toPositive(Utils.murmur2(event.key.getBytes(US_ASCII))) % partitions;
      long time = event.time();
      long windowEnd = time - Math.floorMod(time, window.toMillis()) + window.toMillis();
      boolean isLate =
          newest.containsKey(partition)
              && windowEnd <= newest.get(partition) - outOfOrderness.toMillis();
      assertThat(isLate).isEqualTo(event.kind == EventKind.LATE);
      newest.merge(partition, time, Math::max);
      late += isLate ? 1 : 0;
    }

    assertThat(late).isGreaterThan(EVENTS / 25);
  }

  @Test
  void onTimeEventTimesNeverDecreaseAndFollowTheSchedule() {
    long previous = START;
    for (Sent event : send(mixed(), START)) {
      if (event.kind == EventKind.ON_TIME) {
        assertThat(event.time()).isGreaterThanOrEqualTo(previous);
        previous = event.time();
      }
    }
    assertThat(previous).isCloseTo(START + EVENTS / 1000 * 1000L, within(100L));
  }

  @Test
  void aDuplicateIsACopyOfTheOnTimeEventBeforeIt() {
    Sent lastOnTime = null;
    int duplicates = 0;
    for (Sent event : send(mixed(), START)) {
      if (event.kind == EventKind.ON_TIME) {
        lastOnTime = event;
      } else if (event.kind == EventKind.DUPLICATE) {
        assertThat(event.body).isEqualTo(lastOnTime.body);
        assertThat(event.key).isEqualTo(lastOnTime.key);
        duplicates++;
      }
    }
    assertThat(duplicates).isPositive();
  }

  @Test
  void futureEventsAreTenYearsAhead() {
    assertThat(send(mixed(), START))
        .filteredOn(event -> event.kind == EventKind.FUTURE)
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(Duration.ofMillis(event.time() - START))
                    .isGreaterThan(Duration.ofDays(3650)));
  }

  @Test
  void sharesAreAsAskedForAndInvalidKindsAreSpreadEvenly() {
    Map<EventKind, Integer> kinds = new EnumMap<>(EventKind.class);
    Map<InvalidKind, Integer> invalid = new EnumMap<>(InvalidKind.class);
    for (Sent event : send(mixed(), START)) {
      kinds.merge(event.kind, 1, Integer::sum);
      if (event.invalidKind != null) {
        invalid.merge(event.invalidKind, 1, Integer::sum);
      }
    }

    assertThat(kinds.get(EventKind.INVALID)).isCloseTo(2_000, within(150));
    assertThat(kinds.get(EventKind.DUPLICATE)).isCloseTo(800, within(100));
    assertThat(kinds.get(EventKind.LATE)).isCloseTo(1_000, within(110));
    assertThat(kinds.get(EventKind.FUTURE)).isCloseTo(200, within(50));
    Set<InvalidKind> possible = InvalidKind.in(EventFormat.EXTENDED);
    int each = kinds.get(EventKind.INVALID) / possible.size();
    assertThat(invalid).containsOnlyKeys(possible);
    assertThat(invalid.values()).allSatisfy(count -> assertThat(count).isBetween(each, each + 1));
  }

  @Test
  void onlyTheChosenInvalidKindsAreSent() {
    Set<InvalidKind> chosen = Set.of(InvalidKind.EMPTY_BODY, InvalidKind.TRAILING_DATA);

    assertThat(send(mixed().invalidKinds(chosen), START))
        .filteredOn(event -> event.kind == EventKind.INVALID)
        .extracting(event -> event.invalidKind)
        .containsOnly(InvalidKind.EMPTY_BODY, InvalidKind.TRAILING_DATA);
  }

  @Test
  void withoutAHistoryThereIsNothingToBeLateForOrToRepeat() {
    GeneratorOptionsBuilder options =
        GeneratorOptions.builder().stations(50).lateRatio(0.5).duplicateRatio(0.5);
    Set<String> seen = new HashSet<>();

    for (Sent event : send(options, START)) {
      if (event.kind != EventKind.DUPLICATE) {
        assertThat(event.kind).isEqualTo(seen.add(event.key) ? EventKind.ON_TIME : EventKind.LATE);
      }
    }

    assertThat(seen).hasSize(50);
  }

  @Test
  void eventIdsAreUniqueWithinARunAndAcrossRuns() {
    Set<String> ids = new HashSet<>();
    int valid = 0;
    for (long start : new long[] {START, START + 1, START + 60_000}) {
      for (Sent event : send(GeneratorOptions.builder(), start)) {
        ids.add(event.field(EVENT_ID));
        valid++;
      }
    }
    assertThat(ids).hasSize(valid);
  }

  @Test
  void seedFormatHasTheSixFieldsOnly() {
    for (Sent event : send(GeneratorOptions.builder().format(EventFormat.SEED), START)) {
      assertThat(event.body).startsWith("{\"temperature\":");
      assertThat(EventJudge.judge(event.bytes())).isEmpty();
    }
  }

  @Test
  void anEventIsAbout200Bytes() {
    assertThat(
            send(GeneratorOptions.builder(), START).stream()
                .mapToInt(event -> event.body.length())
                .average()
                .orElseThrow())
        .isBetween(170.0, 205.0);
  }

  private static GeneratorOptionsBuilder mixed() {
    return GeneratorOptions.builder()
        .invalidRatio(0.1)
        .duplicateRatio(0.04)
        .lateRatio(0.05)
        .futureRatio(0.01);
  }

  private static List<Sent> send(GeneratorOptionsBuilder options, long start) {
    EventStream stream = new EventStream(options.build(), start, Schedule.constant(1000));
    List<Sent> events = new ArrayList<>(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      stream.next();
      events.add(
          new Sent(
              new String(stream.message().key(), US_ASCII),
              stream.message().value() == null
                  ? null
                  : new String(stream.message().value(), ISO_8859_1),
              stream.kind(),
              stream.invalidKind()));
    }
    return events;
  }

  /** An event; the body as Latin-1, which keeps every byte. */
  private record Sent(String key, String body, EventKind kind, InvalidKind invalidKind) {

    byte[] bytes() {
      return body == null ? null : body.getBytes(ISO_8859_1);
    }

    long time() {
      return Instant.parse(field(EVENT_TIME)).toEpochMilli();
    }

    String field(Pattern pattern) {
      Matcher matcher = pattern.matcher(body);
      assertThat(matcher.find()).isTrue();
      return matcher.group(1);
    }
  }
}
