package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.testing.Weather;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

/** Out-of-orderness of 5 s, idle timeout of 10 s. */
class PartitionWatermarksTest {

  private static final long NOW = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

  private final ManualClock wallClock = new ManualClock(NOW * 1_000_000);
  private final ManualClock inputActivity = new ManualClock(0);
  private final SourceActivity subtask = new SourceActivity(IDLE_TIMEOUT, wallClock);
  private final PartitionWatermarks watermarks = partition();
  private final LastWatermark output = new LastWatermark();

  @Test
  void staysBehindTheGreatestEventTime() {
    read(NOW - 3000);
    read(NOW - 2000);
    read(NOW - 2500);
    tick(0.2);

    assertThat(output.last).isEqualTo(NOW - 2000 - 5000 - 1);
  }

  @Test
  void isNotMovedByRejectedEvents() {
    read(NOW - 3000);
    WeatherRecord rejected = Weather.event("a", NOW + 1_000_000);
    rejected.reject(RejectReason.FUTURE_EVENT_TIME, "");
    watermarks.onEvent(rejected, 0, output);
    tick(0.2);

    assertThat(output.last).isEqualTo(NOW - 3000 - 5000 - 1);
  }

  @Test
  void saysNothingBeforeTheFirstEvent() {
    tick(0.2);

    assertThat(output.last).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void followsTheWallClockInSilence() {
    read(NOW);
    silence(10.1);
    assertThat(output.last).isEqualTo(NOW - 5000 - 1);

    silence(5);

    assertThat(output.last).isEqualTo(wallClock.absoluteTimeMillis() - 10_000 - 5000 - 1);
  }

  @Test
  void neverGoesBack() {
    read(NOW + 60_000);
    tick(0.2);
    silence(20);

    assertThat(output.last).isEqualTo(NOW + 60_000 - 5000 - 1);
  }

  @Test
  void waitsForAFirstEventOfTheSubtaskBeforeItTakesSilenceForIdleness() {
    silence(29);
    assertThat(output.last).isEqualTo(Long.MIN_VALUE);

    silence(2);

    assertThat(output.last).isGreaterThan(NOW);
  }

  @Test
  void anEmptyPartitionIsIdleSoonIfItsNeighbourIsRead() {
    PartitionWatermarks neighbour = partition();
    LastWatermark its = new LastWatermark();
    for (int i = 0; i < 60; i++) {
      neighbour.onEvent(Weather.event("a", wallClock.absoluteTimeMillis()), 0, its);
      neighbour.onPeriodicEmit(its);
      tick(0.2);
    }

    assertThat(output.last).isEqualTo(wallClock.absoluteTimeMillis() - 10_000 - 5000 - 1);
  }

  @Test
  void isNotIdleWhileItsNeighbourReadsABacklog() {
    PartitionWatermarks neighbour = partition();
    LastWatermark its = new LastWatermark();
    for (int i = 0; i < 300; i++) {
      neighbour.onEvent(Weather.event("a", NOW - 3_600_000), 0, its);
      neighbour.onPeriodicEmit(its);
      tick(0.2);
    }
    assertThat(output.last).isEqualTo(Long.MIN_VALUE);

    silence(21);

    assertThat(output.last).isGreaterThan(NOW);
  }

  @Test
  void aStandstillOfTheThreadIsNoSilence() {
    read(NOW);
    tick(0.2);
    for (int i = 0; i < 9; i++) {
      tick(600);
    }

    assertThat(output.last).isEqualTo(NOW - 5000 - 1);
  }

  @Test
  void whileBlockedItStaysWhereItIs() {
    read(NOW);
    silence(30);
    long before = output.last;

    for (int i = 0; i < 1000; i++) {
      wallClock.advanceTime(Duration.ofSeconds(1));
      watermarks.onPeriodicEmit(output);
    }

    assertThat(output.last).isEqualTo(before);
  }

  private PartitionWatermarks partition() {
    return new PartitionWatermarks(
        OUT_OF_ORDERNESS, IDLE_TIMEOUT, inputActivity, wallClock, subtask);
  }

  private void read(long eventTime) {
    WeatherRecord event = Weather.event("a", eventTime);
    event.enqueuedTime = wallClock.absoluteTimeMillis();
    watermarks.onEvent(event, eventTime, output);
  }

  private void silence(double seconds) {
    for (int i = 0; i < seconds * 5; i++) {
      tick(0.2);
    }
  }

  private void tick(double seconds) {
    Duration passed = Duration.ofMillis(Math.round(seconds * 1000));
    wallClock.advanceTime(passed);
    inputActivity.advanceTime(passed);
    watermarks.onPeriodicEmit(output);
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
