package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Five minutes ahead and ninety days back are tolerated. */
class EventTimeRuleTest {

  private static final long ARRIVAL = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final EventTimeRule rule = EventTimeRule.standard();
  private final EventTimeRule warning =
      new EventTimeRule(Duration.ofMinutes(5), Duration.ofDays(90), Severity.WARN);

  @ParameterizedTest
  @ValueSource(longs = {-90 * 86_400_000L, -1, 0, 300_000})
  void aTimeWithinTheTolerancesIsAccepted(long offset) {
    assertThat(check(rule, ARRIVAL + offset).isValid()).isTrue();
  }

  @Test
  void aTimeBeyondThemIsRejected() {
    assertThat(check(rule, ARRIVAL + 300_001).reason).isEqualTo(RejectReason.FUTURE_EVENT_TIME);
    assertThat(check(rule, Long.MAX_VALUE).reason).isEqualTo(RejectReason.FUTURE_EVENT_TIME);
    EventRecord old = check(rule, ARRIVAL - 90 * DAY - 1);
    assertThat(old.reason).isEqualTo(RejectReason.PAST_EVENT_TIME);
    assertThat(old.detail)
        .isEqualTo("7776000001 ms before its arrival, at most 7776000000 are tolerated");
    assertThat(check(rule, 0).reason).isEqualTo(RejectReason.PAST_EVENT_TIME);
  }

  @Test
  void aWarningLetsTimesPassUpToTheOuterTolerance() {
    EventRecord old = check(warning, ARRIVAL - 3650 * DAY);

    assertThat(old.isValid()).isTrue();
    assertThat(new String(new QualityFlags(ContractReader.standard()).utf8(old), UTF_8))
        .isEqualTo("PAST_EVENT_TIME:eventTime");
    assertThat(check(warning, ARRIVAL - 3650 * DAY - 1).reason)
        .isEqualTo(RejectReason.PAST_EVENT_TIME);
  }

  /** What senders mix up most. */
  @ParameterizedTest
  @CsvSource({
    "1764072000, seconds", // read as milliseconds: 1970-01-21
    "1764072000000000, microseconds",
    "1764072000000000000, nanoseconds"
  })
  void timesInAnotherUnitAreRejectedAndCalledSo(long eventTime, String unit) {
    EventRecord record = WeatherEvents.event("a", eventTime);
    record.arrivalTime = 1_764_072_000_000L + 5000;

    rule.check(record);

    assertThat(record.isValid()).isFalse();
    assertThat(record.detail).endsWith("; epoch " + unit + "? Milliseconds are meant");
  }

  @Test
  void aTimestampOfTheBrokerIsTheArrivalWhateverTheClockHereSays() {
    assertThat(rule.arrival(ARRIVAL, false, ARRIVAL - DAY)).isEqualTo(ARRIVAL);
    assertThat(rule.arrival(5, false, ARRIVAL)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "9223372036854775807", "-9223372036854775808", "32503680000000"})
  void aTimestampOfTheSenderCountsAsFarAsTheClockHereAgrees(long timestamp) {
    assertThat(rule.arrival(timestamp, true, ARRIVAL)).isBetween(ARRIVAL - 90 * DAY, ARRIVAL);
    assertThat(rule.arrival(ARRIVAL - DAY, true, ARRIVAL)).isEqualTo(ARRIVAL - DAY);
  }

  private static EventRecord check(EventTimeRule rule, long eventTime) {
    EventRecord record = WeatherEvents.event("a", eventTime);
    record.arrivalTime = ARRIVAL;
    rule.check(record);
    return record;
  }
}
