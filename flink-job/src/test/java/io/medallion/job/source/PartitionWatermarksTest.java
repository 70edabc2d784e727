package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.late.PartitionTime.Limits;
import io.medallion.job.testing.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Out-of-orderness of 5 s, idle timeout of 10 s, late arrival of an hour; partitions 0 and 1. */
class PartitionWatermarksTest {

  private static final long NOW = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long SECOND = 1000;
  private static final long OUT_OF_ORDERNESS = 5 * SECOND;
  private static final long IDLE_TIMEOUT = 10 * SECOND;

  private final ConsumerLag lag = new ConsumerLag();
  private final PartitionWatermarks first = partition(HOUR);
  private final PartitionWatermarks second = partition(HOUR);
  private final LastWatermark ofFirst = new LastWatermark();
  private final LastWatermark ofSecond = new LastWatermark();

  @BeforeEach
  void assign() {
    lag.assigned(0);
    lag.assigned(1);
  }

  @Test
  void staysBehindTheGreatestEventTime() {
    read(first, 0, NOW - 3000, NOW);
    read(first, 0, NOW - 2000, NOW);
    read(first, 0, NOW - 2500, NOW);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW - 2000));
  }

  @Test
  void saysNothingBeforeTheFirstRecord() {
    emit();

    assertThat(ofFirst.last).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void rejectedRecordsMoveItByTheirArrival() {
    WeatherRecord rejected = Weather.event("a", NOW + HOUR);
    rejected.reject(RejectReason.FUTURE_EVENT_TIME, "");
    rejected.arrivalTime = NOW;
    first.onEvent(rejected, 0, ofFirst);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW - HOUR));
  }

  @Test
  void inSilenceItFollowsTheTimeAtWhichTheEndWasReached() {
    read(first, 0, NOW, NOW);
    silentUntil(NOW + IDLE_TIMEOUT);
    assertThat(ofFirst.last).isEqualTo(behind(NOW));

    atEnd(0, NOW + IDLE_TIMEOUT + SECOND);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW + SECOND));
  }

  /**
   * A laptop that sleeps, a machine that is moved: its senders come to the broker after it woke.
   */
  @Test
  void aMachineThatStoodStillForAnHourIsNotSilentAtOnce() {
    read(first, 0, NOW, NOW);
    atEnd(0, NOW + HOUR);
    emit();
    read(first, 0, NOW + SECOND, NOW + HOUR);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW + SECOND));
  }

  /** As a neighbour's backlog makes them, or a slow broker. */
  @Test
  void pollsThatAreFartherApartThanAnIdleTimeoutMakeItSilentToo() {
    read(first, 0, NOW, NOW);
    for (int minute = 1; minute <= 3; minute++) {
      atEnd(0, NOW + 60 * SECOND * minute);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 180 * SECOND - IDLE_TIMEOUT));
  }

  @Test
  void neverGoesBack() {
    read(first, 0, NOW, NOW);
    silentUntil(NOW + 100 * SECOND);
    long before = ofFirst.last;

    read(first, 0, NOW, NOW + 100 * SECOND);
    emit();

    assertThat(ofFirst.last).isEqualTo(before).isGreaterThan(NOW);
  }

  @Test
  void anEmptyPartitionIsIdleByItsOwnEndWhateverItsNeighbourStillHasToRead() {
    for (int second = 0; second <= 100; second++) {
      long now = NOW + second * SECOND;
      read(first, 0, NOW - HOUR + second, now);
      lag.polled(Map.of(0, ConsumerLag.BEHIND, 1, now), NOW);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 100 * SECOND - HOUR));
    assertThat(ofSecond.last).isEqualTo(behind(NOW + 100 * SECOND - IDLE_TIMEOUT));
  }

  @Test
  void aPartitionWithABacklogIsNotIdleHoweverLongItWaitsForItsTurn() {
    for (int second = 0; second <= 100; second++) {
      read(first, 0, NOW + second * SECOND, NOW + second * SECOND);
      lag.polled(Map.of(0, NOW + second * SECOND, 1, ConsumerLag.BEHIND), NOW);
      emit();
    }

    assertThat(ofSecond.last).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aBacklogThatWasReadAfterAllBeginsTheSilenceAnew() {
    lag.polled(Map.of(0, NOW, 1, NOW), NOW);
    emit();
    lag.polled(Map.of(0, NOW, 1, ConsumerLag.BEHIND), NOW);
    emit();
    for (int second = 20; second <= 30; second++) {
      lag.polled(Map.of(0, NOW + second * SECOND, 1, NOW + second * SECOND), NOW);
      emit();
    }

    assertThat(ofSecond.last).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void withoutAPollThereIsNoSilence() {
    read(first, 0, NOW, NOW);
    atEnd(0, NOW);
    for (int i = 0; i < 1000; i++) {
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW));
  }

  @Test
  void aSendersTimestampsOfThePastHoldItNoLongerThanTheLateArrival() {
    WeatherRecord event = Weather.event(0, "a", 5);
    event.timeIsSenders = true;
    event.processedTime = NOW;
    first.onEvent(event, 5, ofFirst);
    atEnd(0, NOW + SECOND);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW + SECOND - HOUR));
  }

  @Test
  void inABackfillTheyDo() {
    PartitionWatermarks backfill = partition(Long.MAX_VALUE);
    WeatherRecord event = Weather.event(0, "a", 50_000);
    event.timeIsSenders = true;
    event.processedTime = NOW;
    backfill.onEvent(event, 5, ofFirst);
    atEnd(0, NOW + SECOND);
    backfill.onPeriodicEmit(ofFirst);

    assertThat(ofFirst.last).isEqualTo(behind(50_000));
  }

  /** A poll that finds nothing takes ten seconds, which may be longer than the idle timeout. */
  @Test
  void aPollThatTakesLongerThanNewsMayBeOldIsEnded() {
    List<Long> ended = new ArrayList<>();
    lag.pollIsEndedBy(() -> ended.add(1L));
    lag.polled(Map.of(), NOW);

    lag.refresh(NOW + 1000, 1000);
    assertThat(ended).isEmpty();
    lag.refresh(NOW + 1001, 1000);
    lag.refresh(NOW + 2001, 1000);

    assertThat(ended).as("and not again at once").hasSize(1);
  }

  @Test
  void fallsFromTheStartIfItDoesNotShareWhatTheSourceKnows() {
    PartitionWatermarks alone =
        new PartitionWatermarks(new Limits(HOUR, IDLE_TIMEOUT), 0, new ConsumerLag());

    assertThatIllegalStateException().isThrownBy(() -> read(alone, 0, NOW, NOW));
  }

  private PartitionWatermarks partition(long lateArrival) {
    return new PartitionWatermarks(new Limits(lateArrival, IDLE_TIMEOUT), OUT_OF_ORDERNESS, lag);
  }

  private void read(PartitionWatermarks partition, int number, long eventTime, long processed) {
    WeatherRecord event = Weather.event(number, "a", eventTime);
    event.arrivalTime = processed;
    event.processedTime = processed;
    partition.onEvent(event, eventTime, ofFirst);
  }

  private void silentUntil(long time) {
    for (long now = NOW + SECOND; now <= time; now += SECOND) {
      atEnd(0, now);
      emit();
    }
  }

  private void atEnd(int partition, long time) {
    lag.polled(Map.of(partition, time), NOW);
  }

  private void emit() {
    first.onPeriodicEmit(ofFirst);
    second.onPeriodicEmit(ofSecond);
  }

  private static long behind(long time) {
    return time - OUT_OF_ORDERNESS - 1;
  }

  private static final class LastWatermark implements WatermarkOutput {

    private long last = Long.MIN_VALUE;

    @Override
    public void emitWatermark(Watermark watermark) {
      last = watermark.getTimestamp();
    }

    @Override
    public void markIdle() {
      throw new AssertionError("a partition must never be marked idle");
    }

    @Override
    public void markActive() {}
  }
}
