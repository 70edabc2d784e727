package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.late.PartitionTime.Limits;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.time.Instant;
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
  private long polls;
  private long silentAt = NOW;

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
    EventRecord rejected = WeatherEvents.event("a", NOW + HOUR);
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

    silentUntil(NOW + IDLE_TIMEOUT + 5 * SECOND);

    assertThat(ofFirst.last).as("when it was reached before").isEqualTo(behind(NOW + 4 * SECOND));
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

  /** Others went on sending: what they sent is read after the end of before was reached. */
  @Test
  void norIsOneMoreSilentForThatThatWasSilentBefore() {
    read(first, 0, NOW, NOW);
    silentUntil(NOW + 30 * SECOND);
    atEnd(0, NOW + HOUR);
    emit();
    read(first, 0, NOW + HOUR / 2, NOW + HOUR);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW + HOUR / 2));
  }

  /** As a neighbour's backlog makes them, or a slow broker. */
  @Test
  void pollsThatAreFartherApartThanAnIdleTimeoutMakeItSilentToo() {
    read(first, 0, NOW, NOW);
    for (int minute = 1; minute <= 3; minute++) {
      atEnd(0, NOW + 60 * SECOND * minute);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 120 * SECOND - IDLE_TIMEOUT));
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
      polled(Map.of(0, ConsumerLag.BEHIND, 1, now));
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 100 * SECOND - HOUR));
    assertThat(ofSecond.last).isEqualTo(behind(NOW + 99 * SECOND - IDLE_TIMEOUT));
  }

  @Test
  void aPartitionWithABacklogIsNotIdleHoweverLongItWaitsForItsTurn() {
    for (int second = 0; second <= 100; second++) {
      read(first, 0, NOW + second * SECOND, NOW + second * SECOND);
      polled(Map.of(0, NOW + second * SECOND, 1, ConsumerLag.BEHIND));
      emit();
    }

    assertThat(ofSecond.last).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aBacklogThatWasReadAfterAllBeginsTheSilenceAnew() {
    polled(Map.of(0, NOW, 1, NOW));
    emit();
    polled(Map.of(0, NOW, 1, ConsumerLag.BEHIND));
    emit();
    for (int second = 20; second <= 30; second++) {
      polled(Map.of(0, NOW + second * SECOND, 1, NOW + second * SECOND));
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
    first.onEvent(timedBySender(5, NOW), 5, ofFirst);
    atEnd(0, NOW + SECOND);
    emit();

    assertThat(ofFirst.last).isEqualTo(behind(NOW - HOUR));
  }

  @Test
  void norDoBodiesThatNobodyReadsHoldItLongerThanTheIdleTimeout() {
    for (int second = 0; second <= 20; second++) {
      EventRecord rejected = timedBySender(5, NOW + second * SECOND);
      rejected.reject(RejectReason.INVALID_JSON, "");
      rejected.arrivalTime = rejected.processedTime;
      first.onEvent(rejected, 5, ofFirst);
      atEnd(0, NOW + second * SECOND);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 19 * SECOND - IDLE_TIMEOUT));
  }

  /** The others' events arrived hours ago and wait to be read. */
  @Test
  void oneTimestampOfTheFutureMakesABacklogNotLate() {
    for (boolean valid : new boolean[] {true, false}) {
      PartitionWatermarks backlog = partition(HOUR);
      for (int second = 0; second < 3; second++) {
        EventRecord event = timedBySender(NOW - 6 * HOUR + second * SECOND, NOW);
        event.arrivalTime = second == 1 ? NOW : event.eventTime;
        if (second == 1 && !valid) {
          event.reject(RejectReason.INVALID_JSON, "");
        }
        backlog.onEvent(event, 5, ofFirst);
        backlog.onPeriodicEmit(ofFirst);
      }

      assertThat(ofFirst.last).isEqualTo(behind(NOW - 6 * HOUR + 2 * SECOND));
    }
  }

  /** The end was reached before: what was sent meanwhile is about to be read. */
  @Test
  void norIsABacklogAfterAStandstillReadToItsEnd() {
    atEnd(0, NOW);
    for (int minute = 0; minute < 3; minute++) {
      EventRecord event = timedBySender(NOW + minute * 60L * SECOND, NOW + 3 * HOUR);
      event.arrivalTime = event.eventTime;
      first.onEvent(event, 5, ofFirst);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW + 120 * SECOND));
  }

  @Test
  void inABackfillTheyDo() {
    PartitionWatermarks backfill = partition(Long.MAX_VALUE);
    backfill.onEvent(timedBySender(50_000, NOW), 5, ofFirst);
    atEnd(0, NOW + SECOND);
    backfill.onPeriodicEmit(ofFirst);

    assertThat(ofFirst.last).isEqualTo(behind(50_000));
  }

  /** As if the broker had answered a fetch, of the poll that runs, between any two looks. */
  private static final class RunningPoll implements ConsumerLag.Polls {

    private long number;
    private double answers;

    @Override
    public long running() {
      return number;
    }

    @Override
    public double answers() {
      return answers++;
    }
  }

  @Test
  void aPollThatFindsNothingForLongIsLookedInto() {
    RunningPoll poll = new RunningPoll();
    lag.follow(poll);
    read(first, 0, NOW, NOW);
    atEnd(0, NOW);
    poll.number = polls + 1;
    for (int second = 0; second < 20; second++) {
      lag.look(NOW + second * SECOND, SECOND);
      emit();
    }

    // The last look but one is the newest of which the answer after it is known to be empty, and
    // the one before that is when the end was reached before.
    assertThat(ofFirst.last).isEqualTo(behind(NOW + 16 * SECOND - IDLE_TIMEOUT));
  }

  @Test
  void aPollIsNotLookedIntoWhileTheRecordsOfTheOneBeforeAreHandedOn() {
    RunningPoll poll = new RunningPoll();
    lag.follow(poll);
    read(first, 0, NOW, NOW);
    atEnd(0, NOW);
    poll.number = polls + 2;
    for (int second = 0; second < 20; second++) {
      lag.look(NOW + second * SECOND, SECOND);
      emit();
    }

    assertThat(ofFirst.last).isEqualTo(behind(NOW));
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
    EventRecord event = WeatherEvents.event(number, "a", eventTime);
    event.arrivalTime = processed;
    event.processedTime = processed;
    partition.onEvent(event, eventTime, ofFirst);
  }

  /** A record whose timestamp the sender set. */
  private static EventRecord timedBySender(long eventTime, long processed) {
    EventRecord event = WeatherEvents.event(0, "a", eventTime);
    event.timeIsSenders = true;
    event.processedTime = processed;
    return event;
  }

  private void silentUntil(long time) {
    for (; silentAt < time; silentAt += SECOND) {
      atEnd(0, silentAt + SECOND);
      emit();
    }
  }

  private void atEnd(int partition, long time) {
    polled(Map.of(partition, time));
  }

  private void polled(Map<Integer, Long> reached) {
    polls++;
    lag.polled(polls, reached);
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
