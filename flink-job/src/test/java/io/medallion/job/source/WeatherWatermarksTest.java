package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.RejectReason;
import io.medallion.job.event.WeatherRecord;
import io.medallion.job.testing.Weather;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class WeatherWatermarksTest {

  private final ManualClock inputActivity = new ManualClock(0);
  private final WatermarkStrategy<WeatherRecord> strategy =
      WeatherWatermarks.strategy(Duration.ofSeconds(5), Duration.ofSeconds(10));
  private long lastWatermark = Long.MIN_VALUE;

  @Test
  void aSubtaskWithoutPartitionsHoldsNothingBack() {
    WatermarkGenerator<WeatherRecord> subtask = create();

    silence(subtask);

    assertThat(System.currentTimeMillis() - lastWatermark).isBetween(15_000L, 60_000L);
  }

  @Test
  void aSubtaskWithPartitionsLeavesTheWatermarkToThem() {
    WatermarkGenerator<WeatherRecord> subtask = create();
    create();

    silence(subtask);

    assertThat(lastWatermark).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void rejectedEventsHaveTheirEnqueuedTime() {
    TimestampAssigner<WeatherRecord> timestamps = strategy.createTimestampAssigner(null);
    WeatherRecord event = Weather.event("a", 5);
    event.enqueuedTime = 7;
    assertThat(timestamps.extractTimestamp(event, 1)).isEqualTo(5);

    event.reject(RejectReason.OUT_OF_RANGE, "");

    assertThat(timestamps.extractTimestamp(event, 1)).isEqualTo(7);
  }

  @Test
  void travelsToTheSubtasks() throws Exception {
    assertThat(InstantiationUtil.clone(strategy)).isNotNull();
  }

  private WatermarkGenerator<WeatherRecord> create() {
    return strategy.createWatermarkGenerator(
        new WatermarkGeneratorSupplier.Context() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public RelativeClock getInputActivityClock() {
            return inputActivity;
          }
        });
  }

  private void silence(WatermarkGenerator<WeatherRecord> generator) {
    for (int second = 0; second < 60; second++) {
      inputActivity.advanceTime(Duration.ofSeconds(1));
      generator.onPeriodicEmit(
          new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
              lastWatermark = watermark.getTimestamp();
            }

            @Override
            public void markIdle() {
              throw new AssertionError("must never be idle");
            }

            @Override
            public void markActive() {}
          });
    }
  }
}
