package io.medallion.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.job.config.AlarmAction;
import io.medallion.job.config.AlarmConfig;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.junit.jupiter.api.Test;

class FieldSharesTest {

  private static final Rules RULES =
      Rules.of(
          ContractReader.read(
              "c.yaml",
              """
              contract: c
              version: 1
              event:
                key: {column: deviceId, from: [field id]}
                time: {from: [field ts, enqueued time]}
                id: {from: [field eventId]}
              fields:
                t: {type: double, required: true}
                volts: {type: double}
                note: {type: string}
                on: {type: boolean}
              gold:
                by_device: {by: deviceId, columns: {events: count()}}
              """));

  private final FieldNames unknown = new FieldNames();
  private final RecordingGroup metrics = new RecordingGroup();
  private final FieldShares shares =
      new FieldShares(
          RULES.contract(),
          new AlarmConfig(1, Duration.ofSeconds(10), 10, AlarmAction.LOG),
          "source subtask 0",
          unknown,
          metrics);
  private final RecordDecoder decoder = RecordDecoder.of(RULES);
  private final EventRecord record = new EventRecord();
  private long now = 1_000_000;

  /** Keeps gauges by the fields that they are of. */
  private static final class RecordingGroup extends InterceptingOperatorMetricGroup {
    private final Map<String, RecordingGroup> groups = new java.util.HashMap<>();

    @Override
    public RecordingGroup addGroup(String key, String value) {
      return groups.computeIfAbsent(value, v -> new RecordingGroup());
    }

    private Object value(String field, String gauge) {
      return ((Gauge<?>) groups.get(field).get(gauge)).getValue();
    }
  }

  private void events(int count, String body) {
    for (int i = 0; i < count; i++) {
      record.body = body.getBytes(UTF_8);
      record.processedTime = now;
      decoder.decode(
          record,
          now,
          event -> {
            unknown.add(event);
            shares.count(event);
          });
    }
  }

  private void nextWindow() {
    now += 10_000;
  }

  private String missed() {
    return metrics.groups.keySet().stream()
        .filter(field -> metrics.value(field, "fieldMissed").equals(1))
        .sorted()
        .collect(Collectors.joining(","));
  }

  @Test
  void theShareOfAnOptionalValueIsThatOfTheLastWindow() {
    events(30, "{\"t\":1,\"id\":\"a\",\"volts\":3}");
    events(10, "{\"t\":1,\"ts\":5,\"note\":\"\"}");
    assertThat(metrics.value("volts", "fieldShare")).isEqualTo(-1.0);
    nextWindow();
    events(1, "{\"t\":1}");
    assertThat(metrics.value("volts", "fieldShare")).isEqualTo(0.75);
    assertThat(metrics.value("deviceId", "fieldShare")).isEqualTo(0.75);
    assertThat(metrics.value("eventTime", "fieldShare")).isEqualTo(0.25);
    assertThat(metrics.value("note", "fieldShare")).isEqualTo(0.25);
    assertThat(metrics.value("eventId", "fieldShare")).isEqualTo(0.0);
    assertThat(metrics.groups).doesNotContainKey("t");
  }

  @Test
  void aValueThatMostEventsHadIsMissedUntilItIsBack() {
    events(20, "{\"t\":1,\"eventId\":\"a\",\"on\":true}");
    nextWindow();
    events(20, "{\"t\":1,\"event_id\":\"a\",\"on\":true}");
    assertThat(missed()).isEmpty();
    nextWindow();
    events(20, "{\"t\":1,\"eventId\":\"a\",\"on\":false}");
    assertThat(missed()).isEqualTo("eventId");
    assertThat(unknown.toString()).isEqualTo("'event_id' (first at partition 0, offset 0)");
    nextWindow();
    events(1, "{\"t\":1}");
    assertThat(missed()).isEmpty();
  }

  @Test
  void aValueThatFewHadAndAWindowOfFewEventsSayNothing() {
    events(8, "{\"t\":1,\"eventId\":\"a\"}");
    events(8, "{\"t\":1,\"eventId\":\"a\",\"volts\":1}");
    nextWindow();
    events(5, "{\"t\":1}");
    nextWindow();
    events(1, "{\"t\":1,\"volts\":1}");
    assertThat(missed()).isEmpty();
  }

  @Test
  void noMoreThanSixtyFourNamesAreKept() {
    for (int i = 0; i < 1000; i++) {
      events(1, "{\"t\":1,\"field%d\":1}".formatted(i));
    }
    assertThat(unknown.count()).isEqualTo(64);
  }
}
