package io.medallion.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.EventKind;
import io.medallion.generator.event.EventMessage;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run of events of another contract than the weather. */
class ContractStreamTest {

  private static final int EVENTS = 20_000;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract TELEMETRY = ContractReader.named("telemetry");
  private static final Contract SECONDS =
      ContractReader.read(
          "seconds.yaml",
          """
          contract: seconds
          version: 1
          event:
            key: {column: deviceId, from: [header device]}
            time: {from: [field ts], format: epoch s}
            id: {from: [record key]}
          fields: {value: {type: double, required: true, range: [20, 30]}}
          gold: {all: {columns: {count: count()}}}
          """);

  private record Sent(EventMessage message, EventKind kind, InvalidKind invalidKind, long time) {

    JsonNode json() {
      try {
        return JSON.readTree(message.value());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String sender() {
      return new String(message.sender(), UTF_8);
    }

    String text() {
      String body = message.value() == null ? "" : new String(message.value(), UTF_8);
      return new String(message.key(), UTF_8) + message.headers() + body;
    }
  }

  @Test
  void anEventLooksAsTheContractSays() {
    for (Sent event : send(GeneratorOptions.builder().contract(TELEMETRY))) {
      JsonNode json = event.json();
      assertThat(json.get("deviceId").textValue()).matches("device-0\\d{3}");
      assertThat(event.message.key()).isEqualTo(event.message.sender());
      assertThat(Instant.parse(json.get("createdAt").textValue()).toEpochMilli())
          .isEqualTo(event.time);
      assertThat(json.get("eventId").textValue()).isNotBlank();
      assertThat(json.get("value").doubleValue()).isBetween(0.0, 100.0);
      assertThat(json.get("type").textValue()).isIn("CO2", "TEMP");
      assertThat(
              json.at("/complexData/moreData0").isMissingNode()
                  || json.at("/complexData/moreData0").isNumber())
          .isTrue();
    }
  }

  @Test
  void theSameSeedAndStartSendTheSameEventsAndAnotherSeedOthers() {
    List<String> first = texts(send(mixed(TELEMETRY).seed(5)));

    assertThat(texts(send(mixed(TELEMETRY).seed(5)))).isEqualTo(first);
    assertThat(texts(send(mixed(TELEMETRY).seed(6)))).isNotEqualTo(first);
  }

  @Test
  void numbersTakeASmoothCourse() {
    Map<String, Double> last = new HashMap<>();
    Map<String, Double> least = new HashMap<>();
    Map<String, Double> most = new HashMap<>();
    for (Sent event : send(GeneratorOptions.builder().contract(SECONDS).stations(5))) {
      double value = event.json().get("value").doubleValue();
      Double before = last.put(event.sender(), value);
      assertThat(Math.abs(value - (before == null ? value : before))).isLessThan(0.5);
      least.merge(event.sender(), value, Math::min);
      most.merge(event.sender(), value, Math::max);
    }

    assertThat(last).hasSize(5);
    last.keySet()
        .forEach(sender -> assertThat(most.get(sender) - least.get(sender)).isBetween(0.1, 5.0));
    assertThat(new HashSet<>(last.values())).hasSizeGreaterThan(3);
  }

  /** As the test of the weather's late events, with times of whole seconds. */
  @Test
  void lateEventsAreLateAndNoOtherValidOnesAre() {
    Duration window = Duration.ofSeconds(10);
    Duration outOfOrderness = Duration.ofSeconds(3);
    Map<String, Long> newest = new HashMap<>();
    int late = 0;

    for (Sent event : send(mixed(SECONDS).window(window).outOfOrderness(outOfOrderness))) {
      if (event.kind == EventKind.INVALID || event.kind == EventKind.FUTURE) {
        continue;
      }
      long time = event.json().get("ts").longValue() * 1000;
      long windowEnd = time - Math.floorMod(time, window.toMillis()) + window.toMillis();
      boolean isLate =
          newest.containsKey(event.sender())
              && windowEnd <= newest.get(event.sender()) - outOfOrderness.toMillis();
      assertThat(time).isEqualTo(event.time);
      assertThat(isLate).isEqualTo(event.kind == EventKind.LATE);
      newest.merge(event.sender(), time, Math::max);
      late += isLate ? 1 : 0;
    }

    assertThat(late).isGreaterThan(EVENTS / 25);
  }

  @Test
  void everyEventHasAnIdOfItsOwnButADuplicate() {
    Set<String> ids = new HashSet<>();
    for (Sent event : send(mixed(SECONDS))) {
      if (event.kind != EventKind.INVALID) {
        assertThat(ids.add(new String(event.message.key(), UTF_8)))
            .isEqualTo(event.kind != EventKind.DUPLICATE);
      }
    }
  }

  @Test
  void invalidKindsAreSpreadEvenlyOverThoseThatTheContractCanHave() {
    Map<InvalidKind, Integer> invalid = new EnumMap<>(InvalidKind.class);
    for (Sent event : send(mixed(TELEMETRY))) {
      if (event.invalidKind != null) {
        invalid.merge(event.invalidKind, 1, Integer::sum);
      }
    }

    assertThat(invalid).doesNotContainKey(InvalidKind.UNKNOWN_WIND_DIRECTION).hasSize(14);
    int least = invalid.values().stream().min(Integer::compare).orElseThrow();
    assertThat(invalid.values()).allSatisfy(count -> assertThat(count).isBetween(least, least + 1));
  }

  @Test
  void whatEventsOfTheContractCannotHaveIsRefused() {
    assertThatThrownBy(
            () -> mixed(TELEMETRY).invalidKinds(Set.of(InvalidKind.UNKNOWN_WIND_DIRECTION)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the contract telemetry cannot have the invalid kind UNKNOWN_WIND_DIRECTION");
    assertThatThrownBy(
            () -> GeneratorOptions.builder().contract(TELEMETRY).format(EventFormat.SEED).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format seed is that of the weather");
  }

  /** Only what an event is decides that, not what is made of it. */
  @Test
  void aContractWithTheEventsOfTheWeatherHasItsModel() {
    Contract weather = ContractReader.standard();
    Contract otherGold =
        ContractReader.read(
            "w.yaml", weather.text().replace("humidity: avg(humidity)", "wet: max(humidity)"));
    Contract oneMore =
        ContractReader.read(
            "w.yaml", weather.text().replace("silver:", "  uv: {type: double}\nsilver:"));

    assertThat(texts(send(mixed(otherGold)))).isEqualTo(texts(send(mixed(weather))));
    assertThat(send(GeneratorOptions.builder().contract(oneMore)).get(0).text()).contains("\"uv\"");
  }

  private static GeneratorOptionsBuilder mixed(Contract contract) {
    return GeneratorOptions.builder()
        .contract(contract)
        .invalidRatio(0.1)
        .duplicateRatio(0.04)
        .lateRatio(0.05)
        .futureRatio(0.01);
  }

  private static List<String> texts(List<Sent> events) {
    return events.stream().map(Sent::text).toList();
  }

  private static List<Sent> send(GeneratorOptionsBuilder options) {
    EventStream stream = new EventStream(options.build(), START, Schedule.constant(1000));
    List<Sent> events = new ArrayList<>(EVENTS);
    for (int i = 0; i < EVENTS; i++) {
      stream.next();
      events.add(
          new Sent(stream.message(), stream.kind(), stream.invalidKind(), stream.eventTime()));
    }
    return events;
  }
}
